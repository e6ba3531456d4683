using System.ComponentModel.DataAnnotations;

namespace LogView.Server.Storage.Memory;

/// <summary>Settings of <see cref="MemoryEventStore"/>.</summary>
public sealed record MemoryEngineOptions
{
    /// <summary>About 200 MB to 1 GB of ordinary logs once their fields are read.</summary>
    public const int DefaultMaxEvents = 200_000;

    /// <summary>Events held; past it the oldest by arrival leave and are counted.</summary>
    [Range(1, int.MaxValue)]
    public int MaxEvents { get; init; } = DefaultMaxEvents;
}
