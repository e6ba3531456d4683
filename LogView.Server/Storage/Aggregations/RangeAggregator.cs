using System.Globalization;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;

namespace LogView.Server.Storage.Aggregations;

/// <summary>One half-open range, of numbers or of instants. A bound that reads as a number is one; any other is RFC 3339.</summary>
public sealed record ValueRange(AggregationRange Asked, double? FromNumber, double? ToNumber, Timestamp? FromInstant, Timestamp? ToInstant)
{
    public bool IsTime => FromInstant is not null || ToInstant is not null;

    public static ValueRange Of(AggregationRange asked, string field)
    {
        (double? fromNumber, Timestamp? fromInstant) = Bound(asked.From, field);
        (double? toNumber, Timestamp? toInstant) = Bound(asked.To, field);
        return new ValueRange(asked, fromNumber, toNumber, fromInstant, toInstant);
    }

    public bool Contains(double number) => !IsTime && (FromNumber is not { } from || number >= from) && (ToNumber is not { } to || number < to);

    public bool Contains(Timestamp instant) =>
        FromNumber is null && ToNumber is null && (FromInstant is not { } from || instant >= from) && (ToInstant is not { } to || instant < to);

    private static (double?, Timestamp?) Bound(string? text, string field)
    {
        if (text is null)
        {
            return (null, null);
        }

        return !FieldDates.IsTimestamp(field) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? (number, null)
            : (null, FieldDates.Parse(text));
    }
}

/// <summary>Counts per range; ranges may overlap. An event counts once in each range that one of its values is in.</summary>
public sealed class RangeAggregator : Aggregator
{
    private readonly string _field;
    private readonly ValueRange[] _ranges;
    private readonly TimeZoneInfo _zone;
    private readonly BucketAggregator[] _buckets;

    public RangeAggregator(string field, ValueRange[] ranges, TimeZoneInfo zone, AggregatorFactory children)
    {
        (_field, _ranges, _zone) = (field, ranges, zone);
        _buckets = [.. ranges.Select(_ => children.CreateBucket())];
    }

    public BucketAggregator Bucket(int index) => _buckets[index];

    public override long Memory => base.Memory + _buckets.Sum(b => b.Memory);

    public override void Add(LogEvent logEvent)
    {
        Timestamp[] instants = [.. FieldDates.Of(logEvent, _field, _zone)];
        double[] numbers = [.. logEvent.Fields.Values(_field).Where(v => v.IsNumber).Select(v => v.AsDouble())];
        for (int i = 0; i < _ranges.Length; i++)
        {
            ValueRange range = _ranges[i];
            if (numbers.Any(range.Contains) || instants.Any(range.Contains))
            {
                _buckets[i].Add(logEvent);
            }
        }
    }

    public override void Merge(Aggregator other)
    {
        var merged = (RangeAggregator)other;
        for (int i = 0; i < _buckets.Length; i++)
        {
            _buckets[i].Merge(merged._buckets[i]);
        }
    }

    public override AggregationResult ToResult(BucketBudget budget) => new BucketsResult([.. _buckets.Select((b, i) => b.ToBucket(budget) with
    {
        Key = _ranges[i].Asked.Key is { } key ? FieldValue.Of(key) : null, From = _ranges[i].Asked.From, To = _ranges[i].Asked.To,
    })]);
}
