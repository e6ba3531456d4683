using System.Text.Json.Nodes;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage.Aggregations;
using LogView.Server.Storage.Elastic.Client;

namespace LogView.Server.Storage.Elastic.Reading;

/// <summary>
/// One page over indices that have their times in several fields, which the cluster cannot sort together: a page for each field, of which LogView takes the
/// first ones. Cursors are LogView's own, so each page begins where the last answer ended.
/// </summary>
internal sealed class RowsByTime(SearchSender sender, SearchScope scope, StoreSearch search)
{
    /// <summary>Without total and aggregations. Null when only the events themselves tell, or the sort is not by time alone.</summary>
    public async Task<SearchResult?> ReadAsync(CancellationToken cancellationToken)
    {
        if (!search.Sort.All(s => FieldDates.IsTimestamp(s.Field)))
        {
            return null;
        }

        EventOrder order = new(search.Sort);
        List<LogEvent> events = [];
        List<SearchNote> notes = [];
        bool hasMore = false;
        foreach (SearchScope part in search.Size == 0 ? [] : scope.ByTime())
        {
            if (await ReadAsync(part, notes, cancellationToken) is not { } page)
            {
                return null;
            }

            events.AddRange(page.Hits.Select(h => h.Event));
            hasMore |= page.Next is not null;
        }

        Hit[] hits = [.. events.Select(e => (Event: e, Key: order.KeyOf(e))).OrderBy(e => e.Key, order).Take(search.Size).Select(e => new Hit(e.Event))];
        return new SearchResult
        {
            Status = notes.Count > 0 ? SearchStatus.Partial : SearchStatus.Complete,
            Hits = hits,
            Next = hits.Length > 0 && (hasMore || events.Count > hits.Length) ? SortCursor.After(hits[^1].Event, search.Sort) : null,
            Notes = [.. notes, .. OtherNotes.Of(scope)],
        };
    }

    private async Task<(IReadOnlyList<Hit> Hits, string? Next)?> ReadAsync(SearchScope part, List<SearchNote> notes, CancellationToken cancellationToken)
    {
        ClusterQuery query = new(part, search);
        HitPage page = new(search, part);
        if (SearchBody.Sort(search, part, query) is not { } sort)
        {
            return null;
        }

        var body = new JsonObject { ["query"] = SearchBody.Query(query, search, part), ["size"] = page.Fetch, ["track_total_hits"] = false };
        page.Ask(body, sort);
        using ElasticAnswer answer = await sender.SendAsync(part, body, cancellationToken);
        notes.AddRange(ShardNotes.Of(answer.Root, part).Notes.Where(n => notes.TrueForAll(o => !o.Message.Equals(n.Message, StringComparison.Ordinal))));
        return page.Read(answer.Root, query);
    }
}
