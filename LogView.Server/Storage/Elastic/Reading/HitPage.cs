using System.Text.Json;
using System.Text.Json.Nodes;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage.Aggregations;

namespace LogView.Server.Storage.Elastic.Reading;

/// <summary>One page of hits in <see cref="EventOrder"/>, and the cursor behind it.</summary>
internal sealed class HitPage
{
    /// <summary>Hits of one request; the default of <c>index.max_result_window</c>.</summary>
    public const int MaxFetch = 10_000;

    /// <summary>Events that share the cursor's place and were shown before.</summary>
    private const int SpareHits = 16;

    private readonly StoreSearch _search;
    private readonly SearchScope _scope;
    private readonly EventOrder _order;
    private readonly SortKey? _after;

    /// <summary>Throws <see cref="BadCursorException"/>.</summary>
    public HitPage(StoreSearch search, SearchScope scope)
    {
        (_search, _scope, _order) = (search, scope, new EventOrder(search.Sort));
        _after = search.After is null ? null : SortCursor.Read(search.After, search.Sort);
        Fetch = search.Size == 0 ? 0 : Math.Min(search.Size + 1 + (scope.Others.Count > 0 ? SpareHits : 0), MaxFetch);
    }

    public int Fetch { get; }

    /// <summary>The cluster's values order as LogView's do: sorted by time, or all of LogView's own indices.</summary>
    private bool HasOneOrder => _scope.Others.Count == 0 || _search.Sort.All(s => FieldDates.IsTimestamp(s.Field));

    public void Ask(JsonObject body, JsonArray sort)
    {
        if (Fetch == 0)
        {
            return;
        }

        HitReader.Ask(body, _scope, _search.Sort.Select(s => s.Field));
        body["sort"] = sort;
        if (SearchBody.After(_search, _scope) is { } after)
        {
            body["search_after"] = after;
        }
    }

    /// <summary>Null when a hit has to be looked at itself.</summary>
    public (IReadOnlyList<Hit> Hits, string? Next)? Read(JsonElement answer, ClusterQuery query)
    {
        List<LogEvent> events = [];
        int given = 0;
        foreach (JsonElement hit in answer.GetProperty("hits").GetProperty("hits").EnumerateArray())
        {
            given++;
            if (HitReader.Read(hit, _scope) is not { } read)
            {
                continue;
            }

            if (read.Odd.Any(o => query.Odd?.Contains(o) ?? true))
            {
                return null;
            }

            if (!IsShown(read.Event))
            {
                events.Add(read.Event);
            }
        }

        if (HasOneOrder)
        {
            events = [.. events.Select(e => (Event: e, Key: _order.KeyOf(e))).OrderBy(e => e.Key, _order).Select(e => e.Event)];
        }

        bool hasMore = events.Count > _search.Size || (given == MaxFetch && events.Count == _search.Size && HasBeyond(answer));
        Hit[] hits = [.. events.Take(_search.Size).Select(e => new Hit(e))];
        return (hits, hasMore && hits.Length > 0 ? SortCursor.After(hits[^1].Event, _search.Sort) : null);
    }

    private bool IsShown(LogEvent logEvent) => _after is not null && (HasOneOrder
        ? _order.Compare(_order.KeyOf(logEvent), _after) <= 0
        : logEvent.Sequence == _after.Sequence && (_after.Writer is null || _after.Writer.Equals(logEvent.Writer, StringComparison.Ordinal)));

    private bool HasBeyond(JsonElement answer) =>
        _after is not null || !answer.GetProperty("hits").TryGetProperty("total", out JsonElement total) || total.GetProperty("value").GetInt64() > _search.Size;
}
