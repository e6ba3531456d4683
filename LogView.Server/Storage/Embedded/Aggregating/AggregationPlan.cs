using System.Collections.Concurrent;
using LogView.Client.Contracts.Query;
using LogView.Server.Storage.Embedded.Planning;

namespace LogView.Server.Storage.Embedded.Aggregating;

/// <summary>What the aggregations of one search share between segments: the search itself, and the plans of filters. Safe for concurrent use.</summary>
internal sealed class AggregationPlan(StoreSearch search)
{
    private readonly ConcurrentDictionary<QueryNode, PlanNode> _filters = new();

    public StoreSearch Search => search;

    public PlanNode Filter(QueryNode query) => _filters.GetOrAdd(query, q => QueryPlanner.Plan(q, search.Now, search.Zone));
}
