using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Time;
using LogView.Server.Storage.Aggregations;
using LogView.Server.Storage.Embedded.Columns;
using LogView.Server.Storage.Embedded.Documents;
using LogView.Server.Storage.Embedded.Segments;

namespace LogView.Server.Storage.Embedded.Aggregating;

/// <summary>Fills time buckets. In a sorted segment a bucket is a stretch of events, found by binary search.</summary>
internal sealed class TimeFill(SegmentAggregation run, PlannedAggregation planned)
{
    private const int ReadAtOnce = 1_024;

    public void Fill(DateHistogramAggregator dates, string field, DocSet docs)
    {
        if (FieldDates.IsTimestamp(field))
        {
            if (run.Segment is SealedSegment segment)
            {
                FillSorted(dates, segment, docs);
            }
            else
            {
                FillUnsorted(dates, docs);
            }

            return;
        }

        FieldColumns columns = run.Segment.Columns(field);
        if (columns.Text is not null)
        {
            run.AddEvents(dates, docs);
            return;
        }

        TimeZoneInfo zone = run.Plan.Search.Zone;
        var groups = new DocGroups<int>(v =>
            FieldDates.TryRead(v, zone, out Timestamp instant) && dates.Buckets.IndexOf(instant) is >= 0 and var index ? index : null);
        groups.Add(columns, docs, run.CancellationToken);
        foreach ((int index, DocSet with) in groups.Groups)
        {
            run.FillBucket(dates.Bucket(index), planned, with);
        }
    }

    private void FillSorted(DateHistogramAggregator dates, SealedSegment segment, DocSet docs)
    {
        int from = docs.From;
        while (from < docs.To)
        {
            int index = dates.Buckets.IndexOf(new Timestamp(segment.TimeOf(from)));
            if (index < 0)
            {
                // Outside all buckets: only before the first or after the last.
                int first = dates.Buckets.Count == 0 ? docs.To : segment.LowerBound(dates.Buckets[0].From.UnixNanoseconds);
                from = first > from ? first : docs.To;
                continue;
            }

            TimeRange bucket = dates.Buckets[index];
            int to = bucket.To == Timestamp.MaxValue ? docs.To : Math.Min(docs.To, segment.LowerBound(bucket.To.UnixNanoseconds));
            DocSet with = DocSets.Slice(docs, from, to);
            if (!with.IsEmpty)
            {
                run.FillBucket(dates.Bucket(index), planned, with);
            }

            from = to;
        }
    }

    private void FillUnsorted(DateHistogramAggregator dates, DocSet docs)
    {
        Dictionary<int, List<int>> byBucket = [];
        var walk = new DocWalk(docs);
        var found = new int[ReadAtOnce];
        for (int taken = walk.Next(found); taken > 0; taken = walk.Next(found))
        {
            run.CancellationToken.ThrowIfCancellationRequested();
            foreach (int doc in found.AsSpan(0, taken))
            {
                int index = dates.Buckets.IndexOf(new Timestamp(run.Segment.TimeOf(doc)));
                if (index >= 0)
                {
                    (byBucket.TryGetValue(index, out List<int>? list) ? list : byBucket[index] = []).Add(doc);
                }
            }
        }

        foreach ((int index, List<int> list) in byBucket)
        {
            run.FillBucket(dates.Bucket(index), planned, DocSet.OfList([.. list], list.Count));
        }
    }
}
