using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Embedded.Documents;
using LogView.Server.Storage.Embedded.Segments;

namespace LogView.Server.Storage.Embedded.Querying;

/// <summary>A page sorted by any fields: every match is looked at.</summary>
internal sealed class FieldPage : Page
{
    private const int ReadAtOnce = 1_024;

    private readonly EntryOrder _order;
    private readonly Selection<Entry> _kept;
    private readonly Entry? _after;

    public FieldPage(StoreSearch search)
        : base(search)
    {
        _order = new EntryOrder(Order);
        _kept = new Selection<Entry>(Math.Max(1, Capacity), _order);
        _after = After is null ? null : new Entry(default, After.Values[0], After.Values.Count == 1 ? null : [.. After.Values.Skip(1)], After.Sequence);
    }

    public override bool MayTake(SegmentView segment) => Capacity > 0;

    public override void Add(SegmentView segment, DocSet docs, CancellationToken cancellationToken)
    {
        if (Capacity == 0 || docs.IsEmpty)
        {
            return;
        }

        var readers = new SortValueReader[Order.Sort.Count];
        for (int i = 0; i < readers.Length; i++)
        {
            readers[i] = new SortValueReader(segment, Order.Sort[i]);
        }

        var walk = new DocWalk(docs);
        Span<int> run = stackalloc int[ReadAtOnce];
        for (int taken = walk.Next(run); taken > 0; taken = walk.Next(run))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (SortValueReader reader in readers)
            {
                reader.Read(run[..taken]);
            }

            AddRun(segment, run[..taken], readers);
        }
    }

    protected override List<(FoundDoc Found, SortKey Key)> Sorted(int first)
    {
        lock (Sync)
        {
            return [.. _kept.From(first).Select(e => (e.Found, new SortKey([e.First, .. e.Others ?? []], e.Sequence)))];
        }
    }

    private void AddRun(SegmentView segment, ReadOnlySpan<int> docs, SortValueReader[] readers)
    {
        lock (Sync)
        {
            for (int i = 0; i < docs.Length; i++)
            {
                FieldValue first = readers[0].Values[i];
                if (!MayStay(first))
                {
                    continue;
                }

                var entry = new Entry(new FoundDoc(segment, docs[i]), first, Others(readers, i), segment.SequenceOf(docs[i]));
                if (_after is not { } after || _order.Compare(entry, after) > 0)
                {
                    _kept.Add(entry);
                }
            }
        }
    }

    /// <summary>False when the first field alone keeps an event off the page, as it does nearly all of a long result.</summary>
    private bool MayStay(in FieldValue first) =>
        (_after is not { } after || Order.CompareFirst(first, after.First) >= 0) && (_kept.Last is not { } last || Order.CompareFirst(first, last.First) <= 0);

    private static FieldValue[]? Others(SortValueReader[] readers, int at)
    {
        if (readers.Length == 1)
        {
            return null;
        }

        var values = new FieldValue[readers.Length - 1];
        for (int f = 0; f < values.Length; f++)
        {
            values[f] = readers[f + 1].Values[at];
        }

        return values;
    }

    /// <param name="Found">The event.</param>
    /// <param name="First">What it is sorted by first.</param>
    /// <param name="Others">By the other fields; null: there are none.</param>
    /// <param name="Sequence">Its place in the order of arrival.</param>
    private readonly record struct Entry(FoundDoc Found, FieldValue First, FieldValue[]? Others, long Sequence);

    private sealed class EntryOrder(EventOrder order) : IComparer<Entry>
    {
        public int Compare(Entry x, Entry y)
        {
            int result = order.CompareFirst(x.First, y.First);
            for (int i = 0; result == 0 && i < x.Others?.Length; i++)
            {
                result = order.CompareField(i + 1, x.Others[i], y.Others![i]);
            }

            return result != 0 ? result : order.CompareArrival(x.Sequence, y.Sequence);
        }
    }
}
