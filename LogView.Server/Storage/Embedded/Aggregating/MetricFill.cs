using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage.Aggregations;
using LogView.Server.Storage.Embedded.Columns;
using LogView.Server.Storage.Embedded.Documents;

namespace LogView.Server.Storage.Embedded.Aggregating;

/// <summary>Fills metrics from columns.</summary>
internal static class MetricFill
{
    private const int ReadAtOnce = 1_024;

    public static void Fill(SegmentAggregation run, Aggregator aggregator, Aggregation asked, DocSet docs)
    {
        switch (aggregator)
        {
            case MetricAggregator metric:
                FillMetric(run, metric, (MetricAggregation)asked, docs);
                break;
            case PercentilesAggregator percentiles:
                EachBatch(run, ((PercentilesAggregation)asked).Field, docs, (numbers, _) =>
                {
                    foreach (double number in numbers)
                    {
                        percentiles.Sketch.Add(number);
                    }
                });
                break;
            case CardinalityAggregator cardinality when IsInColumns(run, ((MetricAggregation)asked).Field!):
                FillCardinality(run, cardinality, ((MetricAggregation)asked).Field!, docs);
                break;
            default:
                run.AddEvents(aggregator, docs);
                break;
        }
    }

    private static void FillMetric(SegmentAggregation run, MetricAggregator metric, MetricAggregation asked, DocSet docs)
    {
        if (asked.Field is { } field && asked.Kind == MetricKind.Count && !IsInColumns(run, field))
        {
            run.AddEvents(metric, docs);
            return;
        }

        metric.AddCounts(docs.Count, 0);
        if (asked.Field is not null)
        {
            EachBatch(run, asked.Field, docs, (numbers, others) =>
            {
                foreach (double number in numbers)
                {
                    metric.AddValue(number);
                }

                metric.AddCounts(0, others);
            });
        }
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

    /// <summary>The finite numbers of a run of events, and how many values are none.</summary>
    private delegate void NumberVisitor(ReadOnlySpan<double> numbers, int others);

    private static void EachBatch(SegmentAggregation run, string field, DocSet docs, NumberVisitor visit)
    {
        foreach (ValueColumn column in run.Segment.Columns(field).Values)
        {
            double[] byCode = column is CodedColumn coded ? NumbersOf(coded) : [];
            double[] numbers = [];
            Gather(run, column, docs, batch =>
            {
                numbers = numbers.Length < batch.Count ? new double[batch.Count] : numbers;
                int count = 0;
                for (int i = 0; i < batch.Count; i++)
                {
                    numbers[count] = column is NumberColumn raw
                        ? raw.Kind == FieldValueKind.Boolean ? double.NaN : raw.NumberOf(batch.Raw[i])
                        : byCode[batch.Codes[i]];
                    count += double.IsFinite(numbers[count]) ? 1 : 0;
                }

                visit(numbers.AsSpan(0, count), batch.Count - count);
            });
        }
    }

    /// <summary>The number of each code; not a number for texts and booleans.</summary>
    private static double[] NumbersOf(CodedColumn column)
    {
        var numbers = new double[column.CodeCount];
        for (int code = 0; code < numbers.Length; code++)
        {
            numbers[code] = column.Kind is FieldValueKind.Long or FieldValueKind.Double ? column.ValueOf(code).AsDouble() : double.NaN;
        }

        return numbers;
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
