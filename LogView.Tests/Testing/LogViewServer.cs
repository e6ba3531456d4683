using System.Net;
using System.Net.Http.Headers;
using LogView.Server;
using LogView.Server.Hosting.Options;
using LogView.Server.Hosting.Starting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LogView.Tests.Testing;

/// <summary>
/// The whole program inside the test's process: the same composition root, free ports, a data folder of its own and an admin key. Dispose it.
/// </summary>
internal sealed class LogViewServer : IAsyncDisposable
{
    public const string AdminKey = "admin-key-of-this-test";

    private readonly TempFolder? _ownFolder;
    private readonly Func<LogViewOptions, LogViewOptions> _configure;
    private readonly Action<IServiceCollection>? _replace;
    private readonly List<HttpClient> _clients = [];
    private WebApplication? _app;
    private DataFolder? _held;

    private LogViewServer(string? dataFolder, Func<LogViewOptions, LogViewOptions>? configure, Action<IServiceCollection>? replace)
    {
        _ownFolder = dataFolder is null ? new TempFolder() : null;
        DataFolder = dataFolder ?? _ownFolder!.Path;
        _configure = configure ?? (o => o);
        _replace = replace;
    }

    public string DataFolder { get; }

    /// <summary>Page, API and hub: <c>http://127.0.0.1:port</c>.</summary>
    public string Url => Services.GetRequiredService<BoundAddresses>().Main;

    /// <summary>The Elasticsearch-compatible port.</summary>
    public string ElasticUrl => Services.GetRequiredService<BoundAddresses>().Elastic!;

    public IServiceProvider Services => _app!.Services;

    /// <summary>What the program printed on standard output.</summary>
    public StringWriter Output { get; } = new();

    /// <summary>What the program logged, over restarts.</summary>
    public CapturedLog Log { get; } = new();

    /// <summary>Main port, with the admin key.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>Main port, without a key; does not follow redirects.</summary>
    public HttpClient Anonymous { get; private set; } = null!;

    /// <summary>Elasticsearch-compatible port, without a key.</summary>
    public HttpClient Elastic { get; private set; } = null!;

    /// <param name="configure">Changes the options before the start.</param>
    /// <param name="replace">Last word on the services: a clock, a log.</param>
    /// <param name="dataFolder">An existing folder to use, which is not deleted; null: one of its own.</param>
    public static async Task<LogViewServer> StartAsync(
        Func<LogViewOptions, LogViewOptions>? configure = null, Action<IServiceCollection>? replace = null, string? dataFolder = null)
    {
        LogViewServer server = new(dataFolder, configure, replace);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Stops as SIGTERM does and starts again on the same data; ports and clients change.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAgainAsync();
    }

    /// <summary>A client of <paramref name="baseAddress"/> that sends <paramref name="key"/>, or none for null. Disposed with the server.</summary>
    public HttpClient NewClient(string baseAddress, string? key)
    {
#pragma warning disable RS0030 // Each client has its own cookies and connections, as separate programs do.
        HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
#pragma warning restore RS0030
        {
            BaseAddress = new Uri(baseAddress),
        };
        client.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("ApiKey", key);
        _clients.Add(client);
        return client;
    }

    public async Task StopAsync()
    {
        if (_app is null)
        {
            return;
        }

        _clients.ForEach(c => c.Dispose());
        _clients.Clear();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _held?.Dispose();
        _app = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _ownFolder?.Dispose();
    }

    private void Replace(IServiceCollection services)
    {
        services.AddLogging(logging => logging.ClearProviders().AddProvider(Log));
        _replace?.Invoke(services);
    }

    private async Task StartAgainAsync()
    {
        LogViewOptions options = _configure(new LogViewOptions
        {
            DataFolder = DataFolder, Addresses = [ListenAddress.Default.WithPort(0)], ElasticPort = 0, AdminKey = AdminKey,
        });
        _held = Server.Hosting.Starting.DataFolder.TryTake(options.DataFolder, out string? error) ?? throw new InvalidOperationException(error);
        _app = Program.Build(options, new StandardStreams(Output, TextWriter.Null), Replace);
        await _app.StartAsync();
        Client = NewClient(Url, AdminKey);
        Anonymous = NewClient(Url, key: null);
        if (options.ElasticPort is not null)
        {
            Elastic = NewClient(ElasticUrl, key: null);
        }
    }
}
