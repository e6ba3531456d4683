using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;

namespace LogView.Client.Discover.Rows;

/// <summary>A stretch of time whose rows are read on their own. All stretches together are the result: none overlap, nothing is between them.</summary>
internal sealed class Stretch
{
    private long? _counted;

    /// <param name="from">Inclusive; null: open.</param>
    /// <param name="to">Exclusive; null: open.</param>
    /// <param name="counted">Rows, as counted when the search began; null: nobody counted them.</param>
    public Stretch(Timestamp? from, Timestamp? to, long? counted) => (From, To, _counted) = (from, to, counted);

    public Timestamp? From { get; }

    public Timestamp? To { get; }

    /// <summary>False when its rows are too close to be told apart by time.</summary>
    public bool IsDivisible { get; set; } = true;

    public PageChain Chain { get; } = new();

    public bool IsCounted => _counted is not null || Chain.IsComplete;

    /// <summary>Rows: those that were read, once all were; else those that were counted.</summary>
    public int Count => Chain.IsComplete ? Chain.End
        : _counted is { } counted ? (int)Math.Min(int.MaxValue, Math.Max(counted, Chain.End + 1L))
        : Chain.End + RowLimits.Uncounted;

    /// <summary>Takes another count: of the whole stretch.</summary>
    public void SetCount(long counted) => _counted = counted;

    public bool Contains(Timestamp instant) => (From is not { } from || instant >= from) && (To is not { } to || instant < to);

    /// <summary>
    /// Cuts it at the buckets of a histogram of it, small neighbours put together. What was read already goes to the parts it belongs to.
    /// </summary>
    /// <param name="buckets">Ascending; the outer ones may reach beyond the stretch.</param>
    /// <param name="isDescending">Newest first.</param>
    public IReadOnlyList<Stretch> Divide(IReadOnlyList<(TimeRange Range, long Count)> buckets, bool isDescending)
    {
        List<Stretch> parts = [];
        int at = 0;
        while (at < buckets.Count)
        {
            int first = at;
            long count = buckets[at++].Count;
            while (at < buckets.Count && count + buckets[at].Count <= RowLimits.PageSize)
            {
                count += buckets[at++].Count;
            }

            Timestamp? from = first == 0 ? From ?? buckets[0].Range.From : buckets[first].Range.From;
            Timestamp? to = at == buckets.Count ? To ?? buckets[^1].Range.To : buckets[at - 1].Range.To;
            parts.Add(new Stretch(from, to, count));
        }

        if (isDescending)
        {
            parts.Reverse();
        }

        Hand(parts);
        foreach (Stretch part in parts.Where(p => p.Chain.End == p._counted && !p.Chain.IsComplete))
        {
            // All that was counted is here: only later events could follow.
            part.Chain.Close();
        }

        return parts;
    }

    /// <summary>Gives the rows that were read to the parts they belong to. A part is complete once a row of a later one follows.</summary>
    private void Hand(List<Stretch> parts)
    {
        int part = 0;
        foreach (ReadPage page in Chain.Pages.TakeWhile(p => p.Hits is not null))
        {
            int taken = 0;
            while (taken < page.Count)
            {
                Timestamp next = page.Hits![taken].Event.Timestamp;
                int found = parts.FindIndex(part, p => p.Contains(next));
                if (found < 0)
                {
                    return;
                }

                for (; part < found; part++)
                {
                    parts[part].Chain.Close();
                }

                Hit[] hits = [.. page.Hits.Skip(taken).TakeWhile(h => parts[part].Contains(h.Event.Timestamp))];
                bool isFirst = parts[part].Chain.Pages.Count == 0;
                taken += hits.Length;
                parts[part].Chain.Add(isFirst ? null : page.Before, taken < page.Count ? null : page.After, hits);
            }
        }
    }
}
