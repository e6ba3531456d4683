using System.Diagnostics.Metrics;
using LogView.Server.Platform;
using LogView.Server.Storage.Aggregations;

namespace LogView.Server.Storage.Embedded.Aggregating;

/// <summary>What one search found in one sealed segment.</summary>
/// <param name="Hits">How many events.</param>
/// <param name="Sums">Its aggregations; never changed any more.</param>
internal sealed record SegmentAnswer(int Hits, AggregatorSet Sums);

/// <summary>
/// Counts and aggregations of sealed segments, which never change, within a bound of bytes: those used longest ago leave first. A segment that
/// is gone is asked for no more and so leaves by itself. Safe for concurrent use.
/// </summary>
internal sealed class AnswerCache(long maxBytes)
{
    /// <summary>An answer larger than this part of the bound would push out too many others.</summary>
    private const int LargestPart = 8;

    /// <summary>Objects of one entry, about.</summary>
    private const int EntryBytes = 300;

    private static readonly Counter<long> HitCounter =
        SelfMetrics.Meter.CreateCounter<long>("logview.store.answer_cache.hits", description: "Segments whose counts and aggregations were known");

    private static readonly Counter<long> MissCounter =
        SelfMetrics.Meter.CreateCounter<long>("logview.store.answer_cache.misses", description: "Segments whose counts and aggregations had to be computed");

    private readonly Lock _sync = new();
    private readonly Dictionary<(object Segment, AnswerPlan Plan), LinkedListNode<Entry>> _entries = [];

    /// <summary>Used last at the front.</summary>
    private readonly LinkedList<Entry> _byUse = new();

    /// <summary>Bytes held now, about.</summary>
    public long Bytes { get; private set; }

    public long Hits { get; private set; }

    public long Misses { get; private set; }

    public SegmentAnswer? Find(object segment, AnswerPlan plan)
    {
        lock (_sync)
        {
            if (!_entries.TryGetValue((segment, plan), out LinkedListNode<Entry>? node))
            {
                Misses++;
                MissCounter.Add(1);
                return null;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            Hits++;
            HitCounter.Add(1);
            return node.Value.Answer;
        }
    }

    /// <summary>Keeps the answer if it is small enough; the caller changes it no more.</summary>
    public void Add(object segment, AnswerPlan plan, SegmentAnswer answer)
    {
        long bytes = EntryBytes + answer.Sums.Memory;
        if (bytes > maxBytes / LargestPart)
        {
            return;
        }

        lock (_sync)
        {
            if (_entries.ContainsKey((segment, plan)))
            {
                return;
            }

            _entries[(segment, plan)] = _byUse.AddFirst(new Entry((segment, plan), answer, bytes));
            Bytes += bytes;
            while (Bytes > maxBytes && _byUse.Last is { } last)
            {
                _byUse.RemoveLast();
                _entries.Remove(last.Value.Key);
                Bytes -= last.Value.Bytes;
            }
        }
    }

    private sealed record Entry((object Segment, AnswerPlan Plan) Key, SegmentAnswer Answer, long Bytes);
}
