using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Server.Storage;

namespace LogView.Tests.Storage.Embedded.Random;

/// <summary>Searches of any kind over what <see cref="RandomEvents"/> makes.</summary>
internal sealed class RandomSearches(System.Random random)
{
    private static readonly Timestamp Start = new(1_793_491_200_000_000_000);

    public StoreSearch Next() => new()
    {
        Query = Node(depth: 0),
        DataStreams = random.Next(3) == 0 ? s => s.Value == "logs-app" : _ => true,
        Now = Start,
        Range = Range(),
        Sort = Sort(),
        Size = random.Next(4) == 0 ? random.Next(3) : 7,
        Aggregations = random.Next(3) == 0 ? Aggregations(depth: 0) : new Dictionary<string, PlannedAggregation>(StringComparer.Ordinal),
    };

    private TimeRange Range()
    {
        if (random.Next(3) == 0)
        {
            return TimeRange.All;
        }

        Timestamp from = Start.Add(TimeSpan.FromMinutes(random.Next(200)));
        return new TimeRange(random.Next(4) == 0 ? Timestamp.MinValue : from, random.Next(4) == 0 ? Timestamp.MaxValue : from.Add(TimeSpan.FromMinutes(random.Next(150))));
    }

    private SortField[] Sort()
    {
        if (random.Next(3) != 0)
        {
            return [new SortField("@timestamp", Order())];
        }

        return [.. Enumerable.Range(0, 1 + random.Next(2)).Select(_ => new SortField(Field(), Order()))];
    }

    private SortOrder Order() => random.Next(2) == 0 ? SortOrder.Asc : SortOrder.Desc;

    private string Field() => random.Next(10) == 0 ? "@timestamp" : RandomEvents.Fields[random.Next(RandomEvents.Fields.Length)];

    private FieldTarget Target() => random.Next(6) switch
    {
        0 => FieldTarget.Default,
        1 => new FieldTarget(random.Next(2) == 0 ? "*" : "*.name", IsPattern: true),
        _ => FieldTarget.Of(Field()),
    };

    private string Text() => random.Next(2) == 0 ? RandomEvents.Text(random) : RandomEvents.Keyword(random);

    private QueryNode Node(int depth)
    {
        int kind = random.Next(depth < 3 ? 14 : 10);
        return kind switch
        {
            0 => random.Next(4) == 0 ? new MatchNoneNode() : new MatchAllNode(),
            1 or 2 => new TermNode(Target(), Text(), IgnoreCase: random.Next(4) == 0),
            3 or 4 => new PhraseNode(Target(), RandomEvents.Text(random), random.Next(3) == 0 ? random.Next(4) : 0),
            5 or 6 => new WildcardNode(Target(), Pattern()),
            7 => new RegexNode(Target(), random.Next(2) == 0 ? "time.?out" : "^(e|w)", IgnoreCase: random.Next(2) == 0),
            8 => Bounds(),
            9 => random.Next(3) == 0 ? new FuzzyNode(Target(), Text(), 1 + random.Next(2)) : new ExistsNode(Target()),
            10 => new AndNode([Node(depth + 1), Node(depth + 1)]),
            11 => new OrNode([Node(depth + 1), Node(depth + 1)]),
            12 => new NestedNode(new FieldName(random.Next(2) == 0 ? "error" : "a"), Node(depth + 1)),
            _ => new NotNode(Node(depth + 1)),
        };
    }

    private string Pattern()
    {
        string word = RandomEvents.Words[random.Next(RandomEvents.Words.Length)].Replace("\0", "", StringComparison.Ordinal);
        string part = word.Length > 2 && random.Next(2) == 0 ? word[..2] : word;
        return random.Next(4) switch { 0 => $"{part}*", 1 => $"*{part}*", 2 => $"*{part}", _ => part.Length > 0 ? $"?{part[1..]}" : "?" };
    }

    private RangeNode Bounds()
    {
        string[] bounds = ["0", "500", "0.5", "2026-11-01", "2026-11-01T10:30:00Z", "10.0.0.0", "error", "z"];
        RangeBound Bound() => new(bounds[random.Next(bounds.Length)], Inclusive: random.Next(2) == 0);
        return random.Next(3) switch
        {
            0 => new RangeNode(Target(), Bound(), null),
            1 => new RangeNode(Target(), null, Bound()),
            _ => new RangeNode(Target(), Bound(), Bound()),
        };
    }

    private Dictionary<string, PlannedAggregation> Aggregations(int depth)
    {
        var planned = new Dictionary<string, PlannedAggregation>(StringComparer.Ordinal);
        for (int i = 0; i < 1 + random.Next(2); i++)
        {
            planned[$"a{i}"] = Aggregation(depth);
        }

        return planned;
    }

    private PlannedAggregation Aggregation(int depth)
    {
        Dictionary<string, QueryNode> filters = [];
        Aggregation aggregation = random.Next(8) switch
        {
            // Only the day's own range: the random instants of three centuries would need too many buckets.
            0 => new DateHistogramAggregation(new HistogramInterval.Auto(20)),
            1 => new TermsAggregation(Field(), 5),
            2 => new TermsAggregation("level", 3),
            3 => new HistogramAggregation("nothing", 10),
            4 => new RangeAggregation(RandomEvents.Fields[random.Next(RandomEvents.Fields.Length)], [new AggregationRange("0", "500"), new AggregationRange(null, "2026-11-02T00:00:00Z"), new AggregationRange("1", null)]),
            5 => new MetricAggregation((MetricKind)random.Next(6), Field()),
            6 => new MetricAggregation(MetricKind.Count, null),
            _ => new FiltersAggregation(new Dictionary<string, string>(StringComparer.Ordinal) { ["one"] = "", ["two"] = "" }),
        };
        if (aggregation is FiltersAggregation)
        {
            filters = new Dictionary<string, QueryNode> { ["one"] = Node(depth: 2), ["two"] = Node(depth: 2) };
        }

        bool isLeaf = aggregation is MetricAggregation || depth >= 2;
        return new PlannedAggregation(
            aggregation, filters, isLeaf || random.Next(2) == 0 ? new Dictionary<string, PlannedAggregation>(StringComparer.Ordinal) : Aggregations(depth + 1));
    }
}
