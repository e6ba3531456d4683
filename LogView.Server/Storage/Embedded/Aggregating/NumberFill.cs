using LogView.Client.Contracts.Search;
using LogView.Server.Storage.Aggregations;
using LogView.Server.Storage.Embedded.Columns;
using LogView.Server.Storage.Embedded.Documents;

namespace LogView.Server.Storage.Embedded.Aggregating;

/// <summary>Fills buckets of numbers and ranges.</summary>
internal static class NumberFill
{
    public static void Fill(SegmentAggregation run, HistogramAggregator histogram, PlannedAggregation planned, DocSet docs)
    {
        var asked = (HistogramAggregation)planned.Aggregation;
        if (FieldDates.IsTimestamp(asked.Field))
        {
            return;
        }

        var buckets = new NumberBuckets(asked.Interval);
        var groups = new DocGroups<long>(v => v.IsNumber ? buckets.IndexOf(v.AsDouble()) : null);
        groups.Add(run.Segment.Columns(asked.Field), docs, run.CancellationToken);
        foreach ((long index, DocSet with) in groups.Groups)
        {
            run.FillBucket(histogram.Bucket(index), planned, with);
        }
    }

    public static void Fill(SegmentAggregation run, RangeAggregator range, PlannedAggregation planned, DocSet docs)
    {
        var asked = (RangeAggregation)planned.Aggregation;
        FieldColumns columns = run.Segment.Columns(asked.Field);
        if (columns.Text is not null || FieldDates.IsTimestamp(asked.Field))
        {
            run.AddEvents(range, docs);
            return;
        }

        TimeZoneInfo zone = run.Plan.Search.Zone;
        for (int i = 0; i < asked.Ranges.Count; i++)
        {
            ValueRange one = ValueRange.Of(asked.Ranges[i], asked.Field);
            var inside = new ValueCondition(v =>
                v.IsNumber ? one.Contains(v.AsDouble()) : FieldDates.TryRead(v, zone, out var instant) && one.Contains(instant));
            DocSet with = DocSet.None;
            foreach (ValueColumn column in columns.Values)
            {
                with = DocSets.Or(with, column.Match(inside, docs, run.Segment.Events, run.CancellationToken), run.Segment.Events);
            }

            run.FillBucket(range.Bucket(i), planned, with);
        }
    }
}
