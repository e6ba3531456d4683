using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Time;
using LogView.Server.Storage.Embedded.Columns;
using LogView.Server.Storage.Embedded.Documents;

namespace LogView.Server.Storage.Embedded.Segments;

/// <summary>
/// What a search sees of a part of a data stream: a sealed segment, or a head up to the events published when the search began. Events
/// are numbered from 0; in a sealed segment in the order of time, in a head in the order of arrival. Safe for concurrent use.
/// </summary>
internal abstract class SegmentView
{
    public abstract DataStreamName DataStream { get; }

    public abstract int Events { get; }

    public abstract Timestamp Oldest { get; }

    public abstract Timestamp Newest { get; }

    /// <summary>True when events are in ascending order of timestamp and sequence.</summary>
    public abstract bool IsSorted { get; }

    /// <summary>Names all that is in a sealed segment for good; null for a head, whose answers must not be kept.</summary>
    public abstract object? CacheKey { get; }

    public abstract IEnumerable<string> FieldNames { get; }

    public abstract long TimeOf(int doc);

    public abstract long SequenceOf(int doc);

    /// <summary>Timestamps of some events.</summary>
    public abstract void ReadTimes(ReadOnlySpan<int> docs, Span<long> nanoseconds);

    public abstract LogEvent Load(int doc);

    /// <summary><see cref="FieldColumns.None"/> when no event has the field.</summary>
    public abstract FieldColumns Columns(string field);

    /// <summary>Events in the time range.</summary>
    public abstract DocSet InRange(TimeRange range);

    /// <summary>The event with this id, or -1.</summary>
    public abstract int Find(EventId id);
}
