using LogView.Server.Accounts;
using LogView.Server.Demo;
using LogView.Server.Ingest.Files;
using LogView.Server.Platform;
using LogView.Server.Storage.Elastic;
using LogView.Server.Storage.Embedded;
using LogView.Server.Wal;

namespace LogView.Server.Hosting.Options;

/// <summary>Everything a start needs to know, checked: what the command line, the environment and the settings file say together.</summary>
public sealed record LogViewOptions
{
    public const int DefaultElasticPort = 9200;

    public const string DefaultEngine = "embedded";

    /// <summary>Absolute path of the folder that holds everything LogView keeps.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Where page, API and hub are served; at least one.</summary>
    public IReadOnlyList<ListenAddress> Addresses { get; init; } = [ListenAddress.Default];

    /// <summary>Elasticsearch-compatible port at the first address's host; null: none, 0: any free one.</summary>
    public int? ElasticPort { get; init; } = DefaultElasticPort;

    /// <summary>True when somebody asked for that port: then a taken one is a reason not to start.</summary>
    public bool IsElasticPortGiven { get; init; }

    /// <summary><c>embedded</c>, <c>elastic</c> or <c>memory</c>.</summary>
    public string Engine { get; init; } = DefaultEngine;

    /// <summary>The cluster of the engine <c>elastic</c>; its directory is set by <see cref="Elastic"/>.</summary>
    public ElasticEngineOptions Cluster { get; init; } = new();

    /// <summary>Made-up events of a small shop from the start on.</summary>
    public bool StartDemo { get; init; }

    /// <summary>A key with all rights, from the environment; null: none.</summary>
    public string? AdminKey { get; init; }

    /// <summary>What only the settings file can say.</summary>
    public Settings Settings { get; init; } = new();

    /// <summary>Things worth a line in the log that are no reason not to start.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    public AccountsOptions Accounts => new() { AdminKey = AdminKey, DataFolder = DataFolder };

    public WalOptions Wal => Settings.Wal with
    {
        Directory = string.IsNullOrEmpty(Settings.Wal.Directory) ? Path.Combine(DataFolder, FileNames.WalDirectory) : Path.GetFullPath(Settings.Wal.Directory, DataFolder),
        StoreDirectory = Engine is DefaultEngine ? Embedded.Directory : "",
    };

    public FilesOptions Files => new() { DataFolder = DataFolder, Sources = Settings.Files };

    public EmbeddedStoreOptions Embedded => Settings.Store.ToOptions(Path.Combine(DataFolder, FileNames.StoreDirectory));

    public ElasticEngineOptions Elastic => Cluster with { Directory = Path.Combine(DataFolder, FileNames.ElasticDirectory), TimeFields = Settings.ElasticTimeFields };

    public DemoOptions Demo => Settings.DemoShop with { StartAtOnce = StartDemo };

    /// <summary>Without the values: one of them is a secret.</summary>
    public override string ToString() => $"{nameof(LogViewOptions)} of {DataFolder}";

    public bool IsLoopbackOnly => Addresses.All(a => a.IsLoopback);
}
