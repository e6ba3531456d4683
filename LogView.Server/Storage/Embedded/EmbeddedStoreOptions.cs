using LogView.Client.Contracts.DataStreams;
using LogView.Client.Contracts.Events;

namespace LogView.Server.Storage.Embedded;

/// <summary>Settings of <see cref="EmbeddedEventStore"/>.</summary>
public sealed record EmbeddedStoreOptions
{
    /// <summary>Folder of the store, below the data folder.</summary>
    public required string Directory { get; init; }

    /// <summary>Events of one segment. Larger ones make fewer but longer steps of searches, and larger heads: this many take about 70 MB.</summary>
    public int MaxSegmentEvents { get; init; } = 65_536;

    /// <summary>Bytes of sources in one head. With its columns a head takes about 1.7 times that.</summary>
    public long MaxHeadBytes { get; init; } = 128L * 1024 * 1024;

    /// <summary>Bytes of sources in all open heads; beyond it the largest is sealed.</summary>
    public long MaxOpenBytes { get; init; } = 160L * 1024 * 1024;

    /// <summary>Distinct field names in one head, so that events with ever new names cannot fill the memory.</summary>
    public int MaxHeadFields { get; init; } = 50_000;

    /// <summary>Heads open at once; beyond it the smallest are sealed. Each data stream and day that is written to has one.</summary>
    public int MaxOpenHeads { get; init; } = 64;

    /// <summary>Heads being sealed at once; a writer that needs another waits.</summary>
    public int MaxPendingSeals { get; init; } = 2;

    /// <summary>A head this old is sealed, so that the write-ahead log need not keep its events.</summary>
    public TimeSpan SealAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Fewer small segments of one partition than this are left as they are: each merge reads and writes all of them.</summary>
    public int MinMergedSegments { get; init; } = 8;

    /// <summary>When the store closes, heads are sealed for so long; the program has ten seconds to end.</summary>
    public TimeSpan SealAtStop { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Between two looks at what has to be sealed by age, merged or deleted.</summary>
    public TimeSpan MaintenanceInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Threads one search may use.</summary>
    public int SearchThreads { get; init; } = 2;

    /// <summary>Bytes of aggregations of sealed segments kept for the next search.</summary>
    public long AggregationCacheBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>How long and how much of a data stream is kept. Asked each time, so that it may change while the store is open.</summary>
    public Func<DataStreamName, Retention> Retention { get; init; } = _ => Client.Contracts.DataStreams.Retention.Everything;
}
