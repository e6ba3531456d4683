using LogView.Client.Contracts.Events;
using LogView.Server.Ingest.Http;
using LogView.Tests.Testing;

namespace LogView.Tests.Ingest;

/// <summary>One server for all tests of a class: each writes to a data stream of its own.</summary>
public sealed class IngestFixture : IAsyncLifetime
{
    /// <summary>Longest body of the server.</summary>
    public const int MaxRequestBytes = 32 * 1024 * 1024;

    internal LogViewServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await LogViewServer.StartAsync(
        o => o with { Settings = o.Settings with { Ingest = new IngestLimits { MaxRequestBytes = MaxRequestBytes } } });

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

/// <summary>In a test's texts <c>logs-a</c> stands for the test's own data stream.</summary>
public abstract class IngestTest(IngestFixture fixture) : IClassFixture<IngestFixture>
{
    private const string Placeholder = "logs-a";
    private readonly string _stream = $"logs-{Guid.NewGuid():N}";

    internal LogViewServer Server => fixture.Server;

    protected HttpClient Elastic => fixture.Server.Elastic;

    protected HttpClient Main => fixture.Server.Anonymous;

    protected string Own(string text) => text.Replace(Placeholder, _stream, StringComparison.Ordinal);

    protected ByteArrayContent Body(string text, string? contentType = "application/x-ndjson", string? encoding = null) => HttpText.Body(Own(text), contentType, encoding);

    protected Task<IReadOnlyList<LogEvent>> EventsAsync() => fixture.Server.EventsAsync(_stream);

    protected Task<string[]> SourcesAsync() => fixture.Server.SourcesAsync(_stream);
}
