namespace LogView.Server.Storage.Retaining;

/// <summary>How long and how much data streams are kept, unless an administrator set it for one of them.</summary>
public sealed record RetentionOptions
{
    /// <summary>Events older than this leave; null: age does not matter.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>Bytes of one data stream on disk; null: any.</summary>
    public long? Bytes { get; init; }

    /// <summary>The same by pattern of data streams such as <c>logs-nginx-*</c>; the longest pattern that fits counts.</summary>
    public IReadOnlyDictionary<string, PatternRetention> DataStreams { get; init; } = new Dictionary<string, PatternRetention>(StringComparer.Ordinal);
}

/// <summary>Of the data streams of one pattern; what is left out is not limited.</summary>
public sealed record PatternRetention
{
    /// <summary>Events older than this leave; null: age does not matter.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>Bytes of one data stream on disk; null: any.</summary>
    public long? Bytes { get; init; }
}
