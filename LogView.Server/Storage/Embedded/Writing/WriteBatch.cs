using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Embedded.Heads;
using LogView.Server.Storage.Embedded.Partitions;

namespace LogView.Server.Storage.Embedded.Writing;

/// <summary>One write on its way into the heads: nothing of it is visible until <see cref="Publish"/>.</summary>
internal sealed class WriteBatch(EmbeddedStoreOptions options, Catalog catalog, TimeProvider clock) : IDisposable
{
    private const long NanosecondsPerDay = 86_400L * Timestamp.NanosecondsPerSecond;

    private readonly Dictionary<DataStreamName, KnownIds> _known = [];
    private readonly HashSet<(Partition Partition, Head Head)> _touched = [];
    private Head? _lastTouched;
    private (string Stream, long Day, Partition Partition, KnownIds Known)? _last;

    /// <summary>Heads that are full now, with their partitions.</summary>
    public List<(Partition Partition, Head Head)> Full { get; } = [];

    public void Add(LogEvent logEvent)
    {
        (Partition partition, KnownIds known) = PlaceOf(logEvent);
        if (known.Contains(logEvent))
        {
            return;
        }

        Head head = partition.Open ?? OpenHead(partition, known);
        if (head != _lastTouched)
        {
            _touched.Add((partition, head));
            _lastTouched = head;
        }

        head.Add(logEvent);
        if (head.Added >= options.MaxSegmentEvents || head.Sources.Length >= options.MaxHeadBytes || head.FieldCount >= options.MaxHeadFields)
        {
            Close(partition, head);
            Full.Add((partition, head));
        }
    }

    /// <summary>Makes all of it visible at once.</summary>
    public void Publish() => catalog.Under(() =>
    {
        foreach ((_, Head head) in _touched)
        {
            head.Publish();
        }

        return true;
    });

    /// <summary>Takes all of it back.</summary>
    public void Rollback()
    {
        foreach ((_, Head head) in _touched)
        {
            head.Rollback();
        }

        // Heads that this write filled take events again; those it opened behind them are empty and forgotten.
        catalog.Under(() =>
        {
            foreach ((Partition partition, Head head) in Enumerable.Reverse(Full))
            {
                partition.Sealing = partition.Sealing.Remove(head);
                partition.Open = head;
            }

            return true;
        });
    }

    public void Dispose()
    {
        foreach (KnownIds known in _known.Values)
        {
            known.Dispose();
        }
    }

    /// <summary>Gives the head no more events; the next one opens another.</summary>
    public void Close(Partition partition, Head head) => catalog.Under(() =>
    {
        partition.Open = null;
        partition.Sealing = partition.Sealing.Add(head);
        return true;
    });

    private (Partition Partition, KnownIds Known) PlaceOf(LogEvent logEvent)
    {
        long day = Math.DivRem(logEvent.Timestamp.UnixNanoseconds, NanosecondsPerDay, out long rest);
        day -= rest < 0 ? 1 : 0;
        if (_last is { } last && last.Day == day && ReferenceEquals(last.Stream, logEvent.DataStream.Value))
        {
            return (last.Partition, last.Known);
        }

        if (!_known.TryGetValue(logEvent.DataStream, out KnownIds? known))
        {
            _known[logEvent.DataStream] = known = new KnownIds(catalog, logEvent.DataStream);
        }

        Partition partition = catalog.PartitionOf(logEvent.DataStream, StoreNames.Partition(logEvent.Timestamp));
        if (partition.Open is { } open)
        {
            known.AddHead(open);
        }

        _last = (logEvent.DataStream.Value, day, partition, known);
        return (partition, known);
    }

    private Head OpenHead(Partition partition, KnownIds known)
    {
        var head = new Head(partition.DataStream, partition.Key, catalog.Chunks) { StartedAt = clock.GetTimestamp() };
        catalog.Under(() => partition.Open = head);
        known.AddHead(head);
        return head;
    }
}
