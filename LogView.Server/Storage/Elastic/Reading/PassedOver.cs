using System.Text.Json;
using System.Text.Json.Nodes;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage.Elastic.Client;

namespace LogView.Server.Storage.Elastic.Reading;

/// <summary>
/// Finds the place behind hits that nobody reads. Of LogView's own events the cluster gives the places alone, many at a time, and only the last one is read; in indices of
/// others a place is not unique, so there the pages are read and thrown away.
/// </summary>
internal sealed class PassedOver(SearchSender sender, SearchScope scope, StoreSearch search, TimeProvider clock)
{
    private const string OddName = "logview_odd";

    private readonly List<SearchNote> _notes = [];

    /// <summary>Why the place may be a wrong one.</summary>
    public IReadOnlyList<SearchNote> Notes => _notes;

    /// <summary>The search behind them; without a page when there are no more. Null when only the events themselves tell.</summary>
    public Task<StoreSearch?> FindAsync(CancellationToken cancellationToken) =>
        scope.Others.Count > 0 ? FindByPagesAsync(cancellationToken) : FindByPlacesAsync(cancellationToken);

    private async Task<StoreSearch?> FindByPagesAsync(CancellationToken cancellationToken)
    {
        StoreSearch page = search with
        {
            Skip = 0,
            Count = CountMode.None,
            Aggregations = new Dictionary<string, PlannedAggregation>(StringComparer.Ordinal),
        };
        for (int left = search.Skip; left > 0; left -= page.Size)
        {
            page = page with { Size = Math.Min(left, SearchRequest.MaxSize) };
            SearchResult read = await new SearchRun(sender, scope, page, clock, progress: null).RunAsync(cancellationToken);
            Take(read.Status == SearchStatus.Partial ? read.Notes : []);
            if (read.Next is null)
            {
                return Nothing();
            }

            page = page with { After = read.Next };
        }

        return search with { Skip = 0, After = page.After };
    }

    private async Task<StoreSearch?> FindByPlacesAsync(CancellationToken cancellationToken)
    {
        ClusterQuery query = new(scope, search);
        JsonArray? sort = SearchBody.Sort(search, scope, query);
        JsonObject asked = SearchBody.Query(query, search, scope);
        if (sort is null || !query.IsExact || SearchBody.IsAfterOdd(search, scope))
        {
            return null;
        }

        if (SearchBody.IsBehindValues(search))
        {
            asked = Dsl.And([asked, SearchBody.WithoutValues(search, scope, query)]);
        }

        JsonNode? after = SearchBody.After(search, scope);
        for (int left = search.Skip; left > 0;)
        {
            int size = left > 1 ? Math.Min(left - 1, HitPage.MaxFetch) : 1;
            JsonObject body = Body(asked, sort, after, size, isRead: left == 1);
            if (left == search.Skip)
            {
                body["aggs"] = new JsonObject { [OddName] = Dsl.Named("filter", query.OddEvents()) };
            }

            using ElasticAnswer answer = await sender.SendAsync(scope, body, cancellationToken);
            JsonElement hits = answer.Root.GetProperty("hits").GetProperty("hits");
            Take(ShardNotes.Of(answer.Root, scope).Notes);
            if (HasOdd(answer.Root))
            {
                return null;
            }

            if (hits.GetArrayLength() < size)
            {
                return Nothing();
            }

            if (left == 1)
            {
                return HitReader.Read(hits[0], scope) is { } last && !last.Odd.Any(o => query.Odd?.Contains(o) ?? true)
                    ? search with { Skip = 0, After = SortCursor.After(last.Event, search.Sort) }
                    : null;
            }

            after = JsonNode.Parse(hits[size - 1].GetProperty("sort").GetRawText());
            left -= size;
        }

        return search;
    }

    private JsonObject Body(JsonObject asked, JsonArray sort, JsonNode? after, int size, bool isRead)
    {
        var body = new JsonObject { ["query"] = asked.DeepClone(), ["size"] = size, ["sort"] = sort.DeepClone(), ["track_total_hits"] = false };
        if (isRead)
        {
            HitReader.Ask(body, scope, search.Sort.Select(s => s.Field));
        }
        else
        {
            // Not even the ids, which stand in compressed blocks with the sources.
            body["stored_fields"] = "_none_";
        }

        if (after is not null)
        {
            body["search_after"] = after.DeepClone();
        }

        return body;
    }

    private StoreSearch Nothing() => search with { Skip = 0, Size = 0 };

    private void Take(IEnumerable<SearchNote> notes) => _notes.AddRange(notes.Where(n => !_notes.Contains(n)));

    private static bool HasOdd(JsonElement answer) =>
        answer.TryGetProperty("aggregations", out JsonElement sums) && sums.TryGetProperty(OddName, out JsonElement odd) && odd.GetProperty("doc_count").GetInt64() > 0;
}
