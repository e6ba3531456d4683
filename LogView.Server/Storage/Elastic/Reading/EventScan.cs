using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Language;
using LogView.Server.Storage.Aggregations;
using LogView.Server.Storage.Elastic.Client;

namespace LogView.Server.Storage.Elastic.Reading;

/// <summary>
/// A search answered from the events themselves: the cluster finds those that may fit, newest first, and LogView judges, sorts and sums them up as the
/// memory engine does. Bounded; past the bound the answer is partial and says so.
/// </summary>
internal sealed class EventScan(SearchSender sender, SearchScope scope, StoreSearch search, TimeProvider clock, IProgress<SearchResult>? progress)
{
    /// <summary>Events that are fetched for one search: some seconds of work and some 200 MB.</summary>
    public const int MaxEvents = 200_000;

    private const int PageSize = 2_000;
    private const int CheckEvery = 256;

    private readonly long _startedAt = clock.GetTimestamp();
    private readonly PageCollector _page = new(search);
    private readonly List<SearchNote> _notes = [];

    public async Task<SearchResult> RunAsync(CancellationToken cancellationToken)
    {
        Matcher matcher = Matcher.Compile(search.Query, search.Now, search.Zone);
        List<LogEvent> matches = [];
        bool isWhole = true;
        foreach (SearchScope part in scope.ByTime())
        {
            isWhole &= await ScanAsync(part, MaxEvents / Math.Max(1, scope.TimeFields.Count), matcher, matches, cancellationToken);
        }

        matches.Sort((x, y) => x.Sequence.CompareTo(y.Sequence));
        return await Task.Run(() => Answer(matches, isWhole, cancellationToken), cancellationToken);
    }

    /// <summary>False when there are more events than may be looked at.</summary>
    private async Task<bool> ScanAsync(SearchScope part, int most, Matcher matcher, List<LogEvent> matches, CancellationToken cancellationToken)
    {
        int seen = 0;
        JsonNode? after = null;
        do
        {
            using ElasticAnswer answer = await sender.SendAsync(part, Body(part, after), cancellationToken);
            (_, IReadOnlyList<SearchNote> notes) = ShardNotes.Of(answer.Root, scope);
            _notes.AddRange(_notes.Count == 0 ? notes : []);
            JsonElement hits = answer.Root.GetProperty("hits").GetProperty("hits");
            foreach (JsonElement hit in hits.EnumerateArray())
            {
                Take(hit, matcher, matches);
            }

            seen += hits.GetArrayLength();
            after = hits.GetArrayLength() < PageSize ? null : JsonNode.Parse(hits[PageSize - 1].GetProperty("sort").GetRawText());
            if (after is not null)
            {
                progress?.Report(Rows(matches.Count, isExact: false));
            }
        }
        while (after is not null && seen < most);

        return after is null;
    }

    /// <param name="matches">In the order of arrival.</param>
    /// <param name="isWhole">False: more events may match.</param>
    /// <param name="cancellationToken">Ends summing up.</param>
    public SearchResult Answer(List<LogEvent> matches, bool isWhole, CancellationToken cancellationToken)
    {
        SearchResult rows = Rows(matches.Count, isExact: isWhole && _notes.Count == 0);
        if (search.Aggregations.Count > 0)
        {
            progress?.Report(rows);
        }

        if (!isWhole)
        {
            _notes.Add(new SearchNote("scan_bound", string.Create(
                CultureInfo.InvariantCulture,
                $"The cluster's index cannot answer this search alone; the newest {MaxEvents:N0} events that may fit were looked at. Narrow the time range or the query for a whole answer")));
        }

        return rows with
        {
            Status = _notes.Count == 0 ? SearchStatus.Complete : SearchStatus.Partial,
            Aggregations = Aggregate(matches, cancellationToken),
            Notes = [.. _notes, .. OtherNotes.Of(scope)],
            TookMs = (long)clock.GetElapsedTime(_startedAt).TotalMilliseconds,
        };
    }

    /// <summary>Fields whose values the aggregations look at.</summary>
    public static IEnumerable<string> FieldsOf(IEnumerable<PlannedAggregation> planned) => planned.SelectMany(p => FieldsOf(p.Children.Values).Concat(p.Aggregation switch
    {
        TermsAggregation terms => [terms.Field],
        HistogramAggregation histogram => [histogram.Field],
        RangeAggregation range => [range.Field],
        PercentilesAggregation percentiles => [percentiles.Field],
        MetricAggregation { Field: { } field } => [field],
        _ => Array.Empty<string>(),
    }));

    private void Take(JsonElement hit, Matcher matcher, List<LogEvent> matches)
    {
        if (HitReader.Read(hit, scope) is { Event: var logEvent } && search.Range.Contains(logEvent.Timestamp) && matcher.Matches(logEvent))
        {
            matches.Add(logEvent);
            _page.Add(logEvent);
        }
    }

    private JsonObject Body(SearchScope part, JsonNode? after)
    {
        ClusterQuery query = new(part, search);
        StoreSearch newest = search with { Sort = [SortField.NewestFirst] };
        var body = new JsonObject
        {
            ["query"] = SearchBody.Query(query, search, part), ["size"] = PageSize, ["track_total_hits"] = false, ["sort"] = SearchBody.Sort(newest, part, query),
        };
        HitReader.Ask(body, part, [.. query.Looked, .. search.Sort.Select(s => s.Field), .. FieldsOf(search.Aggregations.Values)]);
        if (after is not null)
        {
            body["search_after"] = after;
        }

        return body;
    }

    private IReadOnlyDictionary<string, AggregationResult> Aggregate(List<LogEvent> matches, CancellationToken cancellationToken)
    {
        var context = new AggregationContext(search, AggregationPrecision.Exact, field => ExtentOf(field, matches));
        AggregatorSet aggregators = new AggregatorFactory(search.Aggregations, context).Create();
        for (int i = 0; i < matches.Count; i++)
        {
            if (i % CheckEvery == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            aggregators.Add(matches[i]);
        }

        return aggregators.ToResults(new BucketBudget());
    }

    private (Timestamp First, Timestamp Last)? ExtentOf(string field, List<LogEvent> matches)
    {
        (Timestamp First, Timestamp Last)? extent = null;
        foreach (Timestamp instant in matches.SelectMany(e => FieldDates.Of(e, field, search.Zone)))
        {
            extent = extent is not { } known ? (instant, instant)
                : (instant < known.First ? instant : known.First, instant > known.Last ? instant : known.Last);
        }

        return extent;
    }

    private SearchResult Rows(int matched, bool isExact)
    {
        (IReadOnlyList<Hit> hits, string? next) = _page.ToPage();
        return new SearchResult
        {
            Status = SearchStatus.Partial,
            Hits = hits,
            Next = next,
            Total = search.Count == CountMode.None ? null : new HitCount(matched, isExact),
            TookMs = (long)clock.GetElapsedTime(_startedAt).TotalMilliseconds,
        };
    }
}
