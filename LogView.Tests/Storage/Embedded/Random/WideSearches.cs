using System.Globalization;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Server.Storage;

namespace LogView.Tests.Storage.Embedded.Random;

/// <summary>Searches for what <see cref="WideEvents"/> wrote: their texts are taken from the events, so that most find something.</summary>
internal sealed class WideSearches(System.Random random, IReadOnlyList<LogEvent> events)
{
    private static readonly TimeZoneInfo[] Zones =
        [.. new[] { "UTC", "Asia/Seoul", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe" }.Select(TimeZoneInfo.FindSystemTimeZoneById)];

    private static readonly Timestamp Start = new(WideEvents.Start);

    public StoreSearch Next()
    {
        bool isLong = random.Next(4) == 0;
        return new StoreSearch
        {
            Query = Node(0),
            DataStreams = random.Next(4) == 0 ? s => s.Value == "logs-b" : _ => true,
            Now = Start,
            Zone = Zones[random.Next(Zones.Length)],
            Range = isLong ? TimeRange.All : new TimeRange(Start.Add(TimeSpan.FromMinutes(random.Next(-6_000, 200))), Start.Add(TimeSpan.FromMinutes(random.Next(1, 6_000)))),
            Sort = random.Next(2) == 0 ? [new SortField("@timestamp", Order())] : [.. Enumerable.Range(0, 1 + random.Next(2)).Select(_ => new SortField(Field(), Order()))],
            Size = random.Next(3) == 0 ? random.Next(3) : random.Next(5, 120),
            Aggregations = random.Next(2) == 0 ? Aggregations(0, isLong) : new Dictionary<string, PlannedAggregation>(StringComparer.Ordinal),
        };
    }

    private SortOrder Order() => random.Next(2) == 0 ? SortOrder.Asc : SortOrder.Desc;

    private string Field() => WideEvents.Fields[random.Next(WideEvents.Fields.Length)];

    private FieldTarget Target(string field) => random.Next(8) switch
    {
        0 => FieldTarget.Default,
        1 => new FieldTarget(random.Next(2) == 0 ? "*" : "deep.*", IsPattern: true),
        _ => FieldTarget.Of(field),
    };

    /// <summary>A field and a value that some event has there, or a part of it.</summary>
    private (FieldTarget Target, string Text) Pick()
    {
        EventField[] fields = [.. events[random.Next(events.Count)].Fields];
        if (fields.Length == 0 || random.Next(8) == 0)
        {
            return (Target(Field()), WideEvents.Piece(random));
        }

        EventField field = fields[random.Next(fields.Length)];
        FieldValue[] values = [.. field.Values];
        string text = values.Length == 0 ? "" : values[random.Next(values.Length)].ToString();
        string[] words = text.Split([' ', '/', '(', ')', ':'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 0 && random.Next(2) == 0)
        {
            int first = random.Next(words.Length);
            text = string.Join(' ', words.Skip(first).Take(1 + random.Next(3)));
        }

        return (Target(field.Name), random.Next(6) == 0 ? text.ToUpperInvariant() : text);
    }

    private QueryNode Node(int depth)
    {
        (FieldTarget target, string text) = Pick();
        return random.Next(depth < 3 ? 17 : 12) switch
        {
            0 => new MatchAllNode(),
            1 or 2 => new TermNode(target, text, IgnoreCase: random.Next(4) == 0),
            3 or 4 => new PhraseNode(target, text, random.Next(4) == 0 ? random.Next(4) : 0, IgnoreCase: random.Next(6) == 0),
            5 or 6 or 7 => new WildcardNode(target, Pattern(text), IgnoreCase: random.Next(4) == 0),
            8 => new RegexNode(target, Expression(text), IgnoreCase: random.Next(3) == 0),
            9 => new RangeNode(target, new RangeBound(text, random.Next(2) == 0), random.Next(2) == 0 ? null : new RangeBound(Pick().Text, random.Next(2) == 0)),
            10 => random.Next(3) == 0 ? new FuzzyNode(target, text, 1 + random.Next(2)) : new ExistsNode(target),
            11 => new TermNode(FieldTarget.Of("ip"), random.Next(2) == 0 ? "10.1.0.0/16" : "2001:db8::/32"),
            12 or 13 => new AndNode([Node(depth + 1), Node(depth + 1)]),
            14 => new OrNode([Node(depth + 1), Node(depth + 1), Node(depth + 1)]),
            15 => new NestedNode(new FieldName("deep"), Node(depth + 1)),
            _ => new NotNode(Node(depth + 1)),
        };
    }

    private string Pattern(string text)
    {
        string part = text[..Math.Min(text.Length, 1 + random.Next(8))];
        string literal = part.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal);
        return random.Next(6) switch
        {
            0 => $"{literal}*",
            1 => $"*{literal}*",
            2 => $"*{(text.Length > 3 ? text[^3..].Replace("\\", "\\\\", StringComparison.Ordinal) : literal)}",
            3 => $"*{literal}*{(text.Length > 0 ? text[^1..].Replace("\\", "\\\\", StringComparison.Ordinal) : "")}",
            4 => part.Length > 1 ? $"{part[..1]}?*" : "?",
            _ => "*",
        };
    }

    private string Expression(string text) => random.Next(6) switch
    {
        0 => $"^{System.Text.RegularExpressions.Regex.Escape(text)}$",
        1 => System.Text.RegularExpressions.Regex.Escape(text.Length > 4 ? text[1..4] : text),
        2 => "[0-9]{3}",
        3 => "user_1\\d*",
        4 => "(timed|time).?out",
        _ => "^.{0,3}$",
    };

    private Dictionary<string, PlannedAggregation> Aggregations(int depth, bool isLong)
    {
        var planned = new Dictionary<string, PlannedAggregation>(StringComparer.Ordinal);
        for (int i = 0; i < 1 + random.Next(2); i++)
        {
            planned[$"a{i}"] = Planned(depth, isLong);
        }

        return planned;
    }

    private PlannedAggregation Planned(int depth, bool isLong)
    {
        Aggregation aggregation = random.Next(12) switch
        {
            0 or 1 => new DateHistogramAggregation(Interval(isLong)),
            2 => new DateHistogramAggregation(new HistogramInterval.Auto(1 + random.Next(30)), "when"),
            3 => new TermsAggregation(Field(), 1 + random.Next(20), random.Next(3) == 0 ? WideEvents.Piece(random) : null),
            4 => new TermsAggregation("level", 3),
            5 => new TermsAggregation("user", 5),
            6 => new HistogramAggregation("price", 50),
            7 => new HistogramAggregation("n", 1_000),
            8 => new RangeAggregation(random.Next(2) == 0 ? "price" : "big", [new AggregationRange("0", "500"), new AggregationRange(null, "9007199254740993"), new AggregationRange("100.5", null, "named")]),
            9 => new PercentilesAggregation(random.Next(2) == 0 ? "price" : Field(), [0, 50, 95, 99.9, 100]),
            10 => new FiltersAggregation(new Dictionary<string, string>(StringComparer.Ordinal) { ["one"] = "", ["two"] = "" }),
            _ => new MetricAggregation((MetricKind)random.Next(6), random.Next(8) == 0 ? null : random.Next(2) == 0 ? "price" : Field()),
        };
        if (aggregation is MetricAggregation { Field: null } metric)
        {
            aggregation = metric with { Kind = MetricKind.Count };
        }

        Dictionary<string, QueryNode> filters = aggregation is FiltersAggregation
            ? new Dictionary<string, QueryNode>(StringComparer.Ordinal) { ["one"] = Node(2), ["two"] = Node(2) } : [];
        bool isLeaf = aggregation is MetricAggregation or PercentilesAggregation || depth >= 2 || random.Next(2) == 0;
        return new PlannedAggregation(aggregation, filters, isLeaf ? new Dictionary<string, PlannedAggregation>(StringComparer.Ordinal) : Aggregations(depth + 1, isLong));
    }

    private HistogramInterval Interval(bool isLong) => random.Next(3) switch
    {
        0 => new HistogramInterval.Auto(1 + random.Next(50)),
        1 => new HistogramInterval.Calendar((CalendarUnit)random.Next(isLong ? (int)CalendarUnit.Day : (int)CalendarUnit.Hour, 7)),
        _ => new HistogramInterval.Fixed(isLong ? 86_400_000_000_000 : 1_000_000_000L * random.Next(600, 40_000)),
    };

    /// <summary>For messages of failures.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{events.Count} events");
}
