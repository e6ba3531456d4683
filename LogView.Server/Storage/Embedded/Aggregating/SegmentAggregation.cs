using LogView.Client.Contracts.Search;
using LogView.Server.Storage.Aggregations;
using LogView.Server.Storage.Embedded.Documents;
using LogView.Server.Storage.Embedded.Segments;

namespace LogView.Server.Storage.Embedded.Aggregating;

/// <summary>
/// Fills aggregators from the columns of one segment. What columns cannot tell (whole texts of text fields) comes from the events
/// themselves, so that the answer is always the aggregators' own.
/// </summary>
internal sealed class SegmentAggregation(AggregationPlan plan, SegmentView segment, CancellationToken cancellationToken)
{
    private readonly NumberReader _numbers = new();

    public SegmentView Segment => segment;

    public AggregationPlan Plan => plan;

    public CancellationToken CancellationToken => cancellationToken;

    public void Fill(AggregatorSet set, IReadOnlyDictionary<string, PlannedAggregation> planned, DocSet docs)
    {
        if (docs.IsEmpty)
        {
            return;
        }

        List<NumberSinks>? numbers = null;
        foreach ((string name, PlannedAggregation one) in planned)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (NumberSinks.FieldOf(one.Aggregation) is { } field)
            {
                SinksOf(numbers ??= [], field).Add(set[name]);
            }
            else
            {
                Fill(set[name], one, docs);
            }
        }

        foreach (NumberSinks sinks in numbers ?? [])
        {
            sinks.AddEvents(docs.Count);
            _numbers.Read(this, sinks, docs);
        }
    }

    /// <summary>Counts the events into a bucket and its inner aggregations.</summary>
    public void FillBucket(BucketAggregator bucket, PlannedAggregation planned, DocSet docs)
    {
        bucket.Count += docs.Count;
        Fill(bucket.Children, planned.Children, docs);
    }

    /// <summary>The slow way that is always right.</summary>
    public void AddEvents(Aggregator aggregator, DocSet docs)
    {
        foreach (int doc in docs.ToArray())
        {
            // At each: an event may be a megabyte.
            cancellationToken.ThrowIfCancellationRequested();
            aggregator.Add(segment.Load(doc));
        }
    }

    private static NumberSinks SinksOf(List<NumberSinks> all, string field)
    {
        if (all.Find(s => string.Equals(s.Field, field, StringComparison.Ordinal)) is { } known)
        {
            return known;
        }

        all.Add(new NumberSinks(field));
        return all[^1];
    }

    private void Fill(Aggregator aggregator, PlannedAggregation planned, DocSet docs)
    {
        switch (aggregator)
        {
            case DateHistogramAggregator dates:
                new TimeFill(this, planned).Fill(dates, ((DateHistogramAggregation)planned.Aggregation).Field, docs);
                break;
            case TermsAggregator terms:
                new TermsFill(this, planned).Fill(terms, ((TermsAggregation)planned.Aggregation).Field, docs);
                break;
            case HistogramAggregator histogram:
                NumberFill.Fill(this, histogram, planned, docs);
                break;
            case RangeAggregator range:
                NumberFill.Fill(this, range, planned, docs);
                break;
            case FiltersAggregator filters:
                FillFilters(filters, planned, docs);
                break;
            default:
                MetricFill.Fill(this, aggregator, planned.Aggregation, docs);
                break;
        }
    }

    private void FillFilters(FiltersAggregator filters, PlannedAggregation planned, DocSet docs)
    {
        int index = 0;
        foreach (string name in ((FiltersAggregation)planned.Aggregation).Filters.Keys)
        {
            DocSet matching = plan.Filter(planned.Filters[name]).Evaluate(segment, docs, cancellationToken);
            FillBucket(filters.Bucket(index++), planned, matching);
        }
    }
}
