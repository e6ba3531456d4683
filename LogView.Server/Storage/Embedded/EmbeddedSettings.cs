using System.ComponentModel.DataAnnotations;

namespace LogView.Server.Storage.Embedded;

/// <summary>What of <see cref="EmbeddedStoreOptions"/> the settings file can say; null: as it is there.</summary>
public sealed record EmbeddedSettings
{
    /// <summary>Events of one segment.</summary>
    [Range(16, 1_000_000)]
    public int? MaxSegmentEvents { get; init; }

    /// <summary>Bytes of sources in all open heads, in memory.</summary>
    [Range(1_000_000, long.MaxValue)]
    public long? MaxOpenBytes { get; init; }

    /// <summary>A head this old is sealed.</summary>
    public TimeSpan? SealAfter { get; init; }

    /// <summary>Between two looks at what has to be sealed by age, merged or deleted.</summary>
    public TimeSpan? MaintenanceInterval { get; init; }

    /// <summary>Threads one search may use.</summary>
    [Range(1, 256)]
    public int? SearchThreads { get; init; }

    /// <summary>Bytes of counts and buckets of sealed segments kept for the next search; 0: none.</summary>
    [Range(0, long.MaxValue)]
    public long? AggregationCacheBytes { get; init; }

    public EmbeddedStoreOptions ToOptions(string directory)
    {
        var defaults = new EmbeddedStoreOptions { Directory = directory };
        return defaults with
        {
            MaxSegmentEvents = MaxSegmentEvents ?? defaults.MaxSegmentEvents,
            MaxOpenBytes = MaxOpenBytes ?? defaults.MaxOpenBytes,
            SealAfter = SealAfter ?? defaults.SealAfter,
            MaintenanceInterval = MaintenanceInterval is { Ticks: > 0 } interval ? interval : defaults.MaintenanceInterval,
            SearchThreads = SearchThreads ?? defaults.SearchThreads,
            AggregationCacheBytes = AggregationCacheBytes ?? defaults.AggregationCacheBytes,
        };
    }
}
