using LogView.Server.Demo;
using LogView.Server.Ingest.Files;
using LogView.Server.Ingest.Http;
using LogView.Server.Ingest.Pipeline;
using LogView.Server.Storage.Embedded;
using LogView.Server.Storage.Memory;
using LogView.Server.Storage.Retaining;
using LogView.Server.Tail;
using LogView.Server.Wal;

namespace LogView.Server.Hosting.Options;

/// <summary>The settings file's own part: names in JSON are these in camel case.</summary>
public sealed record Settings
{
    /// <summary>Host names besides localhost and IP addresses that requests may name while LogView listens on loopback only.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>The memory engine.</summary>
    public MemoryEngineOptions Memory { get; init; } = new();

    /// <summary>The embedded engine.</summary>
    public EmbeddedSettings Store { get; init; } = new();

    /// <summary>How long and how much is kept.</summary>
    public RetentionOptions Retention { get; init; } = new();

    /// <summary>The write-ahead log; its directory is <c>wal</c> in the data folder unless it is named.</summary>
    public WalOptions Wal { get; init; } = new() { Directory = "" };

    /// <summary>What every event passes before the log.</summary>
    public PipelineOptions Pipeline { get; init; } = new();

    /// <summary>Bounds of one ingestion request.</summary>
    public IngestLimits Ingest { get; init; } = new();

    /// <summary>Log files that are followed; more can be added in the browser.</summary>
    public IReadOnlyList<FileSourceOptions> Files { get; init; } = [];

    /// <summary>The live tail.</summary>
    public TailOptions Tail { get; init; } = new();

    /// <summary>The made-up shop of <c>--demo</c>.</summary>
    public DemoOptions DemoShop { get; init; } = new();

    /// <summary>
    /// Engine <c>elastic</c>: the date field that tells when events were, by pattern of indices that others fill, such as <c>{"app-*": "created"}</c>.
    /// The longest pattern that fits counts; without one it is <c>@timestamp</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string> ElasticTimeFields { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What LogView logs about itself.</summary>
    public LogSettings Log { get; init; } = new();
}

public sealed record LogSettings
{
    /// <summary>Least level of LogView's own messages on standard error.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;
}
