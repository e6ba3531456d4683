using System.Diagnostics;
using LogView.Server.Platform;
using LogView.Server.Storage.Elastic;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Elastic;

/// <summary>A real server for one test alone, with settings that the others could not bear. Skips the test, and says so, where there is none to start.</summary>
internal sealed class OwnServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly TempFolder _folder = new();

    private OwnServer(Process process, Uri url) => (_process, Url) = (process, url);

    public Uri Url { get; }

    /// <summary>Of LogView.</summary>
    public string Folder => _folder.Path;

    public ElasticEngineOptions Options => new() { Nodes = [Url], Directory = Path.Combine(Folder, "elastic") };

    /// <param name="product">As in <c>../shared/elasticsearch</c>.</param>
    /// <param name="settings">Of the node, <c>name=value</c>.</param>
    public static async Task<OwnServer> StartAsync(string product, params string[] settings)
    {
        string script = ProjectFolder.PathOf("..", "shared", "elasticsearch", "start");
        if (!File.Exists(script))
        {
            Assert.Skip($"SKIPPED: {script} is not there, so {product} with {string.Join(' ', settings)} was not checked");
        }

        (Process process, Uri? url) = await ElasticServer.StartAsync(script, product, settings);
        Assert.True(url is not null, $"{product} did not start with {string.Join(' ', settings)}");
        return new OwnServer(process, url);
    }

    public ElasticEventStore Open() => new(Options, DiskFileSystem.Instance, TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        await ElasticServer.StopAsync(_process);
        _folder.Dispose();
    }
}
