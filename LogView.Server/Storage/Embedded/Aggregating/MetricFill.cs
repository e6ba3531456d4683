using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage.Aggregations;
using LogView.Server.Storage.Embedded.Columns;
using LogView.Server.Storage.Embedded.Documents;

namespace LogView.Server.Storage.Embedded.Aggregating;

/// <summary>Fills metrics other than those over numbers from columns.</summary>
internal static class MetricFill
{
    private const int ReadAtOnce = 1_024;

    public static void Fill(SegmentAggregation run, Aggregator aggregator, Aggregation asked, DocSet docs)
    {
        switch (aggregator)
        {
            case MetricAggregator metric when ((MetricAggregation)asked).Field is null:
                metric.AddCounts(docs.Count, 0);
                break;
            case MetricAggregator metric when IsInColumns(run, ((MetricAggregation)asked).Field!):
                metric.AddCounts(docs.Count, CountValues(run, ((MetricAggregation)asked).Field!, docs));
                break;
            case CardinalityAggregator cardinality when IsInColumns(run, ((MetricAggregation)asked).Field!):
                FillCardinality(run, cardinality, ((MetricAggregation)asked).Field!, docs);
                break;
            default:
                run.AddEvents(aggregator, docs);
                break;
        }
    }

    private static long CountValues(SegmentAggregation run, string field, DocSet docs)
    {
        long values = 0;
        foreach (ValueColumn column in run.Segment.Columns(field).Values)
        {
            Gather(run, column, docs, batch => values += batch.Count);
        }

        return values;
    }

    /// <summary>Every distinct value once is enough.</summary>
    private static void FillCardinality(SegmentAggregation run, CardinalityAggregator cardinality, string field, DocSet docs)
    {
        foreach (ValueColumn column in run.Segment.Columns(field).Values)
        {
            if (column is not CodedColumn coded)
            {
                VisitColumn(run, column, docs, cardinality.Sketch.Add);
                continue;
            }

            var seen = new bool[coded.CodeCount];
            Gather(run, column, docs, batch =>
            {
                foreach (int code in batch.Codes.AsSpan(0, batch.Count))
                {
                    seen[code] = true;
                }
            });
            for (int code = 0; code < seen.Length; code++)
            {
                if (seen[code])
                {
                    cardinality.Sketch.Add(coded.ValueOf(code));
                }
            }
        }
    }

    private static void VisitColumn(SegmentAggregation run, ValueColumn column, DocSet docs, Action<FieldValue> visit) =>
        Gather(run, column, docs, batch =>
        {
            for (int i = 0; i < batch.Count; i++)
            {
                visit(column.ValueAt(batch, i));
            }
        });

    private static void Gather(SegmentAggregation run, ValueColumn column, DocSet docs, Action<ValueBatch> use)
    {
        var batch = new ValueBatch();
        var walk = new DocWalk(docs);
        var found = new int[ReadAtOnce];
        for (int taken = walk.Next(found); taken > 0; taken = walk.Next(found))
        {
            run.CancellationToken.ThrowIfCancellationRequested();
            column.Gather(found.AsSpan(0, taken), batch);
            use(batch);
        }
    }

    /// <summary>False when texts of the field are only in the events, or its values are the timestamps.</summary>
    private static bool IsInColumns(SegmentAggregation run, string field) =>
        !FieldDates.IsTimestamp(field) && run.Segment.Columns(field).Text is null;
}
