using System.Globalization;
using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Client.Language;
using LogView.Server.Storage;

namespace LogView.Server.Search;

/// <summary>What the reader should know about an answer: misspelt fields, values left out, events the store no longer holds.</summary>
internal sealed class SearchNotes(IEventStore store, FieldFacts facts)
{
    public async Task<List<SearchNote>> ForAsync(SearchRequest request, Viewer viewer, StoreSearch search, SearchResult result, CancellationToken cancellationToken)
    {
        List<SearchNote> notes = [.. QueryExplanation.NotesOf(request.Query, request.Language)];
        bool hasHits = result.Hits.Count > 0 || result.Total is { Value: > 0 };
        if (!hasHits || store.Statistics.EvictedEvents > 0)
        {
            // Only then: a cluster is asked twice for the list, which takes as long as a search.
            IReadOnlyList<DataStreamInfo> streams = await store.ListDataStreamsAsync(cancellationToken);
            List<DataStreamInfo> visible = [.. streams.Where(s => s.Events > 0 && search.Wants(s.Name, s.Aliases))];
            if (visible.Count == 0)
            {
                return request.DataStream is null || streams.Count == 0
                    ? []
                    : [new SearchNote("unknown_data_stream", "No data stream with events fits the pattern of this search")];
            }

            notes.AddRange(MemoryBound(search, visible));
        }

        string scope = FieldFacts.Scope(request, viewer);
        notes.AddRange(await UnknownFieldsAsync(scope, request, search, result, cancellationToken));
        notes.AddRange(await ConflictsAsync(scope, request, search, cancellationToken));
        return notes;
    }

    /// <summary>An export reads page by page, so what leaves the memory meanwhile may be missing.</summary>
    /// <param name="evictedBefore">Events that had left when it began.</param>
    public IReadOnlyList<SearchNote> OfExport(long evictedBefore)
    {
        long evicted = store.Statistics.EvictedEvents - evictedBefore;
        return evicted == 0
            ? []
            : [new SearchNote(
                "memory_bound",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{evicted:N0} events left the memory engine while this export ran; those of them that belong here and were not written yet are missing"))];
    }

    private IEnumerable<SearchNote> MemoryBound(StoreSearch search, List<DataStreamInfo> visible)
    {
        StoreStatistics statistics = store.Statistics;
        Timestamp? oldest = visible.Min(s => s.Oldest?.UnixNanoseconds) is { } nanoseconds ? new Timestamp(nanoseconds) : null;
        if (statistics.EvictedEvents > 0 && search.Range.From < oldest)
        {
            yield return new SearchNote(
                "memory_bound",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The memory engine holds the newest {statistics.MaxEvents:N0} events to arrive; {statistics.EvictedEvents:N0} older ones have left. "
                    + $"The oldest here is of {oldest}"));
        }
    }

    private async Task<IEnumerable<SearchNote>> UnknownFieldsAsync(
        string scope, SearchRequest request, StoreSearch search, SearchResult result, CancellationToken cancellationToken)
    {
        ILookup<bool, string> asked = QueryFields.Of(request, search.Query).ToLookup(f => result.Hits.Any(h => h.Fields.Values(f).Count > 0));
        string[] unseen = [.. asked[false].Where(f => !facts.Has(scope, f)).Take(SearchLimits.MaxCheckedFields)];
        List<string> unknown = unseen.Length == 0 ? [] : await WithoutEventsAsync(unseen, search, cancellationToken);
        facts.Saw(scope, [.. asked[true], .. unseen.Except(unknown, StringComparer.Ordinal)]);
        if (unknown.Count == 0)
        {
            return [];
        }

        FieldList list = await store.ListFieldsAsync(Everything(search), SearchLimits.FieldSample, cancellationToken);
        string[] names = [.. list.Fields.Select(f => f.Name)];
        return unknown.Select(field =>
        {
            string? nearest = FieldSuggestions.Nearest(field, names, count: 1) is [var first] ? first : null;
            string suggestion = nearest is null ? "" : $" Did you mean {nearest}?";
            return new SearchNote("unknown_field", $"No event has the field {field}.{suggestion}", field, nearest);
        });
    }

    private async Task<List<string>> WithoutEventsAsync(string[] fields, StoreSearch search, CancellationToken cancellationToken)
    {
        // One pass for all fields. `*` can be in a field's own name, so the nodes are made here and not parsed.
        Dictionary<string, QueryNode> exist = fields.ToDictionary(f => f, f => (QueryNode)new ExistsNode(FieldTarget.Of(f)), StringComparer.Ordinal);
        var asked = new FiltersAggregation(fields.ToDictionary(f => f, _ => "", StringComparer.Ordinal));
        var planned = new PlannedAggregation(asked, exist, new Dictionary<string, PlannedAggregation>(StringComparer.Ordinal));
        StoreSearch check = Everything(search) with
        {
            Aggregations = new Dictionary<string, PlannedAggregation>(StringComparer.Ordinal) { ["fields"] = planned },
        };
        SearchResult counted = await store.SearchAsync(check, progress: null, cancellationToken);
        return [.. ((BucketsResult)counted.Aggregations["fields"]).Buckets.Where(b => b.Count == 0).Select(b => b.Key!.Value.AsString())];
    }

    private async Task<IEnumerable<SearchNote>> ConflictsAsync(string scope, SearchRequest request, StoreSearch search, CancellationToken cancellationToken)
    {
        HashSet<string> compared = [.. QueryFields.Compared(request, search.Query)];
        if (compared.Count == 0)
        {
            return [];
        }

        StoreSearch sample = Everything(search) with { Range = search.Range };
        ConflictSample found = await facts.SampleAsync(scope, search.Range, async () => ConflictSample.Of(await store.ListFieldsAsync(sample, ConflictSample.Size, cancellationToken)));
        return found.Fields.Where(f => compared.Contains(f.Name)).Select(f => new SearchNote(
            "type_conflict",
            string.Create(
                CultureInfo.InvariantCulture,
                $"The field {f.Name} has values of several types: {f.Conflicts:N0} in the newest {found.SampledEvents:N0} events are not {f.Type.ToString().ToLowerInvariant()}. "
                + $"A comparison or sum takes the values that fit it and leaves out the others"),
            f.Name));
    }

    private static StoreSearch Everything(StoreSearch search) => search with
    {
        Query = new MatchAllNode(),
        Range = TimeRange.All,
        Sort = [SortField.NewestFirst],
        Size = 0,
        After = null,
        Count = CountMode.None,
        Aggregations = new Dictionary<string, PlannedAggregation>(StringComparer.Ordinal),
    };
}
