using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Server.Storage.Embedded.Documents;
using LogView.Server.Storage.Embedded.Segments;

namespace LogView.Server.Storage.Embedded.Querying;

/// <summary>A page sorted by time, newest or oldest first: a sorted segment is read from that end and only as far as needed.</summary>
internal sealed class TimePage : Page
{
    private const int ReadAtOnce = 128;

    private readonly bool _newestFirst;

    /// <summary>The last in sort order on top, to be thrown out first.</summary>
    private readonly PriorityQueue<FoundDoc, TimeKey> _kept;

    public TimePage(StoreSearch search)
        : base(search)
    {
        _newestFirst = search.Sort[0].Order == SortOrder.Desc;
        _kept = new PriorityQueue<FoundDoc, TimeKey>(Comparer<TimeKey>.Create((x, y) => Compare(y, x)));
    }

    public override bool MayTake(SegmentView segment)
    {
        lock (Sync)
        {
            return Capacity > 0 && (!IsFull || !_kept.TryPeek(out _, out TimeKey worst) || BestOf(segment) is var best && Compare(best, worst) <= 0);
        }
    }

    public override void Add(SegmentView segment, DocSet docs, CancellationToken cancellationToken)
    {
        if (Capacity == 0 || docs.IsEmpty)
        {
            return;
        }

        lock (Sync)
        {
            if (segment.IsSorted)
            {
                AddSorted(segment, docs);
            }
            else
            {
                AddAll(segment, docs);
            }
        }
    }

    protected override List<(FoundDoc Found, SortKey Key)> Sorted(int first)
    {
        lock (Sync)
        {
            List<(FoundDoc Found, TimeKey Key)> sorted = [.. _kept.UnorderedItems];
            sorted.Sort((x, y) => Compare(x.Key, y.Key));
            return [.. sorted.Skip(first).Select(s => (s.Found, new SortKey([FieldValue.Of(s.Key.Time)], s.Key.Sequence)))];
        }
    }

    private bool IsFull => _kept.Count >= Capacity;

    private void AddSorted(SegmentView segment, DocSet docs)
    {
        docs = BehindCursor(segment, docs);
        Span<int> run = stackalloc int[ReadAtOnce];
        var back = new DocWalkBack(docs);
        var forth = new DocWalk(docs);
        while (true)
        {
            int taken = _newestFirst ? back.Next(run) : forth.Next(run);
            if (taken == 0)
            {
                return;
            }

            foreach (int doc in run[..taken])
            {
                if (!TryAdd(segment, doc, out bool isBehindPage) && isBehindPage)
                {
                    return;
                }
            }
        }
    }

    /// <summary>Without the events that pages before this one had.</summary>
    private DocSet BehindCursor(SegmentView segment, DocSet docs)
    {
        if (After is null)
        {
            return docs;
        }

        var at = new Timestamp(After.Values[0].AsLong());
        Timestamp behind = at == Timestamp.MaxValue ? at : new Timestamp(at.UnixNanoseconds + 1);
        TimeRange rest = _newestFirst ? new TimeRange(Timestamp.MinValue, behind) : new TimeRange(at, Timestamp.MaxValue);
        return DocSets.And(segment.InRange(rest), docs);
    }

    private void AddAll(SegmentView segment, DocSet docs)
    {
        Span<int> run = stackalloc int[ReadAtOnce];
        var walk = new DocWalk(docs);
        for (int taken = walk.Next(run); taken > 0; taken = walk.Next(run))
        {
            foreach (int doc in run[..taken])
            {
                TryAdd(segment, doc, out _);
            }
        }
    }

    /// <param name="segment">Of the event.</param>
    /// <param name="doc">The event.</param>
    /// <param name="isBehindPage">The page is full with better ones.</param>
    private bool TryAdd(SegmentView segment, int doc, out bool isBehindPage)
    {
        long time = segment.TimeOf(doc);
        isBehindPage = IsFull && _kept.TryPeek(out _, out TimeKey worst) && CompareTimes(time, worst.Time) > 0;
        if (isBehindPage)
        {
            return false;
        }

        var key = new TimeKey(time, segment.SequenceOf(doc));
        if (After is not null && Compare(key, new TimeKey(After.Values[0].AsLong(), After.Sequence)) <= 0)
        {
            return false;
        }

        if (IsFull)
        {
            _kept.EnqueueDequeue(new FoundDoc(segment, doc), key);
        }
        else
        {
            _kept.Enqueue(new FoundDoc(segment, doc), key);
        }

        return true;
    }

    private TimeKey BestOf(SegmentView segment) => _newestFirst
        ? new TimeKey(segment.Newest.UnixNanoseconds, long.MaxValue)
        : new TimeKey(segment.Oldest.UnixNanoseconds, long.MinValue);

    private int CompareTimes(long x, long y) => _newestFirst ? y.CompareTo(x) : x.CompareTo(y);

    private int Compare(TimeKey x, TimeKey y)
    {
        int byTime = CompareTimes(x.Time, y.Time);
        return byTime != 0 ? byTime : CompareTimes(x.Sequence, y.Sequence);
    }

    private readonly record struct TimeKey(long Time, long Sequence);
}
