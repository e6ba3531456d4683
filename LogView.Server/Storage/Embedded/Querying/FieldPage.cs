using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Embedded.Documents;
using LogView.Server.Storage.Embedded.Segments;

namespace LogView.Server.Storage.Embedded.Querying;

/// <summary>A page sorted by any fields: every match is looked at.</summary>
internal sealed class FieldPage : Page
{
    private const int ReadAtOnce = 1_024;

    /// <summary>The last in sort order on top, to be thrown out first.</summary>
    private readonly PriorityQueue<FoundDoc, SortKey> _kept;

    public FieldPage(StoreSearch search)
        : base(search) => _kept = new PriorityQueue<FoundDoc, SortKey>(Comparer<SortKey>.Create((x, y) => Order.Compare(y, x)));

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

    protected override List<(FoundDoc Found, SortKey Key)> Sorted()
    {
        lock (Sync)
        {
            List<(FoundDoc Found, SortKey Key)> sorted = [.. _kept.UnorderedItems];
            sorted.Sort((x, y) => Order.Compare(x.Key, y.Key));
            return sorted;
        }
    }

    private void AddRun(SegmentView segment, ReadOnlySpan<int> docs, SortValueReader[] readers)
    {
        lock (Sync)
        {
            for (int i = 0; i < docs.Length; i++)
            {
                if (!MayStay(readers[0].Values[i]))
                {
                    continue;
                }

                var values = new FieldValue[readers.Length];
                for (int f = 0; f < values.Length; f++)
                {
                    values[f] = readers[f].Values[i];
                }

                Take(new FoundDoc(segment, docs[i]), new SortKey(values, segment.SequenceOf(docs[i])));
            }
        }
    }

    /// <summary>False when the first field alone keeps an event off the page, as it does nearly all of a long result.</summary>
    private bool MayStay(FieldValue first) =>
        (After is null || Order.CompareFirst(first, After.Values[0]) >= 0)
        && (_kept.Count < Capacity || !_kept.TryPeek(out _, out SortKey? last) || Order.CompareFirst(first, last.Values[0]) <= 0);

    private void Take(FoundDoc found, SortKey key)
    {
        if (After is not null && Order.Compare(key, After) <= 0)
        {
            return;
        }

        if (_kept.Count < Capacity)
        {
            _kept.Enqueue(found, key);
        }
        else
        {
            _kept.EnqueueDequeue(found, key);
        }
    }
}
