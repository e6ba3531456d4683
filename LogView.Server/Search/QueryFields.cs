using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;

namespace LogView.Server.Search;

/// <summary>Which fields a request names, spelt out (no patterns), each once, in order.</summary>
internal static class QueryFields
{
    public static IReadOnlyList<string> Of(SearchRequest request, QueryNode query)
    {
        var fields = new List<string>();
        Collect(query, prefix: "", fields);
        fields.AddRange(request.Sort.Select(s => s.Field));
        Collect(request.Aggregations, fields);
        return [.. fields.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Fields whose values are compared or summed up as numbers or dates, where a value of another type drops out unseen.</summary>
    public static IEnumerable<string> Compared(SearchRequest request, QueryNode query)
    {
        var fields = new List<string>();
        CollectRanges(query, prefix: "", fields);
        CollectSums(request.Aggregations, fields);
        return fields.Distinct(StringComparer.Ordinal);
    }

    private static void CollectRanges(QueryNode node, string prefix, List<string> fields)
    {
        switch (node)
        {
            case RangeNode range:
                Add(range.Field, prefix, fields);
                break;
            case NestedNode nested:
                CollectRanges(nested.Child, $"{prefix}{nested.Path}.", fields);
                break;
            case NotNode not:
                CollectRanges(not.Child, prefix, fields);
                break;
            case AndNode { Children: var children }:
                children.ToList().ForEach(c => CollectRanges(c, prefix, fields));
                break;
            case OrNode { Children: var children }:
                children.ToList().ForEach(c => CollectRanges(c, prefix, fields));
                break;
        }
    }

    private static void CollectSums(IReadOnlyDictionary<string, Aggregation> aggregations, List<string> fields)
    {
        foreach (Aggregation aggregation in aggregations.Values)
        {
            bool sums = aggregation is HistogramAggregation or RangeAggregation or PercentilesAggregation
                or MetricAggregation { Kind: MetricKind.Min or MetricKind.Max or MetricKind.Sum or MetricKind.Avg };
            if (sums && FieldOf(aggregation) is { } field)
            {
                fields.Add(field);
            }

            CollectSums(aggregation.Aggregations, fields);
        }
    }

    private static void Collect(QueryNode node, string prefix, List<string> fields)
    {
        switch (node)
        {
            case AndNode and:
                Collect(and.Children, prefix, fields);
                break;
            case OrNode or:
                Collect(or.Children, prefix, fields);
                break;
            case NotNode not:
                Collect(not.Child, prefix, fields);
                break;
            case NestedNode nested:
                Collect(nested.Child, $"{prefix}{nested.Path}.", fields);
                break;
            default:
                Add(TargetOf(node), prefix, fields);
                break;
        }
    }

    private static void Collect(NodeList nodes, string prefix, List<string> fields)
    {
        foreach (QueryNode node in nodes)
        {
            Collect(node, prefix, fields);
        }
    }

    private static void Collect(IReadOnlyDictionary<string, Aggregation> aggregations, List<string> fields)
    {
        foreach (Aggregation aggregation in aggregations.Values)
        {
            if (FieldOf(aggregation) is { } field)
            {
                fields.Add(field);
            }

            Collect(aggregation.Aggregations, fields);
        }
    }

    private static void Add(FieldTarget target, string prefix, List<string> fields)
    {
        if (target is { Name: { } name, IsPattern: false })
        {
            fields.Add(prefix + name);
        }
    }

    private static FieldTarget TargetOf(QueryNode node) => node switch
    {
        TermNode n => n.Field,
        PhraseNode n => n.Field,
        WildcardNode n => n.Field,
        RegexNode n => n.Field,
        RangeNode n => n.Field,
        ExistsNode n => n.Field,
        FuzzyNode n => n.Field,
        _ => FieldTarget.Default,
    };

    private static string? FieldOf(Aggregation aggregation) => aggregation switch
    {
        DateHistogramAggregation a => a.Field,
        HistogramAggregation a => a.Field,
        TermsAggregation a => a.Field,
        RangeAggregation a => a.Field,
        MetricAggregation a => a.Field,
        PercentilesAggregation a => a.Field,
        _ => null,
    };
}
