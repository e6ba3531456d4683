using LogView.Client.Contracts.Search;
using LogView.Server.Storage.Aggregations;

namespace LogView.Server.Storage.Embedded.Aggregating;

/// <summary>The aggregators of one bucket that read the numbers of one field: they are read once for all of them.</summary>
internal sealed class NumberSinks(string name)
{
    private readonly List<MetricAggregator> _metrics = [];
    private readonly List<PercentilesAggregator> _percentiles = [];

    public string Field => name;

    /// <summary>The field whose numbers the aggregation reads; null when it reads something else.</summary>
    public static string? FieldOf(Aggregation asked) => asked switch
    {
        PercentilesAggregation percentiles => percentiles.Field,
        MetricAggregation { Kind: MetricKind.Avg or MetricKind.Sum or MetricKind.Min or MetricKind.Max } metric => metric.Field,
        _ => null,
    };

    public void Add(Aggregator aggregator)
    {
        if (aggregator is MetricAggregator metric)
        {
            _metrics.Add(metric);
        }
        else
        {
            _percentiles.Add((PercentilesAggregator)aggregator);
        }
    }

    /// <summary>Events that are counted, whether or not they have the field.</summary>
    public void AddEvents(int events) => _metrics.ForEach(m => m.AddCounts(events, 0));

    /// <param name="finite">Values that are numbers.</param>
    /// <param name="others">How many values are none.</param>
    public void AddValues(ReadOnlySpan<double> finite, int others)
    {
        foreach (MetricAggregator metric in _metrics)
        {
            metric.AddFinite(finite);
            metric.AddCounts(0, others);
        }

        foreach (PercentilesAggregator percentiles in _percentiles)
        {
            percentiles.Sketch.AddFinite(finite);
        }
    }
}
