namespace LogView.Server.Wal;

/// <summary>How the write-ahead log is kept.</summary>
public sealed record WalOptions
{
    /// <summary>Folder of the log's files; made when missing.</summary>
    public required string Directory { get; init; }

    /// <summary>A new file is begun past this size. Files are the unit of deletion: 64 MB is about 150,000 events of 422 B.</summary>
    public long SegmentBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Events not yet released by the event store may fill this much; past it appends are refused with <see cref="WalUnavailableReason.Backlog"/>.</summary>
    public long MaxBytes { get; init; } = 16L * 1024 * 1024 * 1024;

    /// <summary>
    /// Appends are refused with <see cref="WalUnavailableReason.Disk"/> while the volume of the log or of <see cref="StoreDirectory"/> has less free: what the
    /// event store has in memory must still fit, and the rest of LogView still be able to write.
    /// </summary>
    public long MinFreeBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>Folder of the event store, for <see cref="MinFreeBytes"/>; empty: it has none.</summary>
    public string StoreDirectory { get; init; } = "";

    /// <summary>How long the first append of a group waits for others. Only when the last group had several: a lone shipper never waits.</summary>
    public TimeSpan GroupDelay { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>A group of this size is written without waiting.</summary>
    public int GroupBytes { get; init; } = 1024 * 1024;

    /// <summary>Encoded events that wait for the disk; past it an append waits <see cref="BusyTimeout"/> for room.</summary>
    public long MaxInFlightBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>After this an append that finds no room is refused with <see cref="WalUnavailableReason.Busy"/>.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After a failed write appends are refused for this long, then the next one tries again.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Committed events kept in memory for readers that keep up; slower ones read the files.</summary>
    public long FeedMemoryBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Ids given by shippers that are not searchable yet, at about 60 bytes each. Past it such appends are refused with Backlog.</summary>
    public int MaxRecentIds { get; init; } = 4_000_000;
}

internal static class WalLimits
{
    /// <summary>Bytes of one frame's events. Larger appends become several frames, so that a reader's buffer stays small.</summary>
    public const int MaxFrameBytes = 4 * 1024 * 1024;

    /// <summary>A header that claims more is not a header: one event of 1 MB with all its derived fields stays far below.</summary>
    public const int MaxClaimedFrameBytes = 64 * 1024 * 1024;

    /// <summary>Bytes of all appends in one group: bounds how long one fsync can take.</summary>
    public const int MaxGroupBytes = 16 * 1024 * 1024;

    /// <summary>What is read from a file at once.</summary>
    public const int ReadBytes = 1024 * 1024;

    /// <summary>Small frames are joined up to this many events when a reader replays files: engines like batches.</summary>
    public const int MaxReplayEvents = 4_096;

    /// <summary>The same in bytes.</summary>
    public const int MaxReplayBytes = 4 * 1024 * 1024;
}
