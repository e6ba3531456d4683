using System.Runtime.CompilerServices;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;

namespace LogView.Server.Storage.Aggregations;

/// <summary>Count, minimum, maximum, sum and average in one pass; sums with compensation (Neumaier), so that merging in any order agrees to the last digits.</summary>
public sealed class MetricAggregator(MetricAggregation metric) : Aggregator
{
    private long _events;
    private long _values;
    private long _numbers;
    private double _min = double.PositiveInfinity;
    private double _max = double.NegativeInfinity;
    private double _sum;
    private double _compensation;

    public override void Add(LogEvent logEvent)
    {
        _events++;
        if (metric.Field is null)
        {
            return;
        }

        foreach (FieldValue value in logEvent.Fields.Values(metric.Field))
        {
            _values++;
            if (value.IsNumber && double.IsFinite(value.AsDouble()))
            {
                AddNumber(value.AsDouble());
            }
        }
    }

    /// <summary>For engines with columns: values that are finite numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddFinite(ReadOnlySpan<double> numbers)
    {
        _values += numbers.Length;
        _numbers += numbers.Length;
        double min = _min, max = _max, total = _sum, compensation = _compensation;
        foreach (double number in numbers)
        {
            min = Math.Min(min, number);
            max = Math.Max(max, number);
            double sum = total + number;
            compensation += Math.Abs(total) >= Math.Abs(number) ? total - sum + number : number - sum + total;
            total = sum;
        }

        (_min, _max, _sum, _compensation) = (min, max, total, compensation);
    }

    /// <summary>For engines with columns: events, and values of them that are no numbers.</summary>
    public void AddCounts(long events, long values)
    {
        _events += events;
        _values += values;
    }

    public override void Merge(Aggregator other)
    {
        var merged = (MetricAggregator)other;
        _events += merged._events;
        _values += merged._values;
        _numbers += merged._numbers;
        _min = Math.Min(_min, merged._min);
        _max = Math.Max(_max, merged._max);
        AddToSum(merged._sum);
        AddToSum(merged._compensation);
    }

    public override AggregationResult ToResult(BucketBudget budget)
    {
        double sum = _sum + _compensation;
        return new MetricResult(metric.Kind switch
        {
            MetricKind.Count => metric.Field is null ? _events : _values,
            MetricKind.Sum => sum,
            _ when _numbers == 0 => null,
            MetricKind.Min => _min,
            MetricKind.Max => _max,
            MetricKind.Avg => sum / _numbers,
            _ => throw new NotSupportedException($"{metric.Kind} is not a simple metric"),
        });
    }

    private void AddNumber(double number)
    {
        _numbers++;
        _min = Math.Min(_min, number);
        _max = Math.Max(_max, number);
        AddToSum(number);
    }

    private void AddToSum(double number)
    {
        double sum = _sum + number;
        _compensation += Math.Abs(_sum) >= Math.Abs(number) ? _sum - sum + number : number - sum + _sum;
        _sum = sum;
    }
}

/// <summary>Number of distinct values.</summary>
public sealed class CardinalityAggregator(string field, AggregationPrecision precision) : Aggregator
{
    private readonly HashSet<FieldValue>? _exact = precision == AggregationPrecision.Exact ? [] : null;

    public CardinalitySketch Sketch { get; } = new();

    public override long Memory => base.Memory + Sketch.Memory + 48L * (_exact?.Count ?? 0);

    public override void Add(LogEvent logEvent)
    {
        foreach (FieldValue value in logEvent.Fields.Values(field))
        {
            if (_exact is null)
            {
                Sketch.Add(value);
            }
            else
            {
                _exact.Add(FieldValueOrder.Canonical(value));
            }
        }
    }

    public override void Merge(Aggregator other)
    {
        var merged = (CardinalityAggregator)other;
        _exact?.UnionWith(merged._exact!);
        Sketch.Merge(merged.Sketch);
    }

    public override AggregationResult ToResult(BucketBudget budget) =>
        _exact is null ? new MetricResult(Sketch.Estimate(), Sketch.RelativeError) : new MetricResult(_exact.Count);
}

/// <summary>Percentiles of the numbers of a field.</summary>
public sealed class PercentilesAggregator(PercentilesAggregation percentiles, AggregationPrecision precision) : Aggregator
{
    private readonly List<double>? _exact = precision == AggregationPrecision.Exact ? [] : null;

    public QuantileSketch Sketch { get; } = new();

    public override long Memory => base.Memory + Sketch.Memory + sizeof(double) * (long)(_exact?.Count ?? 0);

    public override void Add(LogEvent logEvent)
    {
        foreach (FieldValue value in logEvent.Fields.Values(percentiles.Field))
        {
            if (!value.IsNumber || !double.IsFinite(value.AsDouble()))
            {
                continue;
            }

            if (_exact is null)
            {
                Sketch.Add(value.AsDouble());
            }
            else
            {
                _exact.Add(value.AsDouble());
            }
        }
    }

    public override void Merge(Aggregator other)
    {
        var merged = (PercentilesAggregator)other;
        _exact?.AddRange(merged._exact!);
        Sketch.Merge(merged.Sketch);
    }

    public override AggregationResult ToResult(BucketBudget budget)
    {
        _exact?.Sort();
        Dictionary<double, double?> values = [];
        foreach (double percent in percentiles.Percents)
        {
            values[percent] = _exact is null ? Sketch.Quantile(percent / 100) : Quantiles.Exact(_exact, percent / 100);
        }

        return new PercentilesResult(values, _exact is null ? QuantileSketch.RelativeError : 0);
    }
}
