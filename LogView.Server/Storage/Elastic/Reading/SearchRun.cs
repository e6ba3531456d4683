using System.Text.Json;
using System.Text.Json.Nodes;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Server.Storage.Aggregations;
using LogView.Server.Storage.Elastic.Client;
using LogView.Server.Storage.Elastic.Reading.Aggregating;

namespace LogView.Server.Storage.Elastic.Reading;

/// <summary>
/// One search. The cluster answers it where its answer is exactly what was asked; otherwise it finds the events that may fit and LogView looks at each of
/// them (<see cref="EventScan"/>).
/// </summary>
internal sealed class SearchRun(SearchSender sender, SearchScope scope, StoreSearch search, TimeProvider clock, IProgress<SearchResult>? progress)
{
    /// <summary>Up to so many hits, percentiles are taken from the events: digests of few values are coarse.</summary>
    private const int ExactPercentileHits = 10_000;

    /// <summary>Counting stops here when a bound suffices; the same as the cluster's own default.</summary>
    private const int CountBound = 10_000;

    private const string OddName = "logview_odd";

    private readonly long _startedAt = clock.GetTimestamp();
    private readonly HitPage _page = new(search, scope);
    private readonly LeftOut _leftOut = new(scope, search);

    public async Task<SearchResult> RunAsync(CancellationToken cancellationToken)
    {
        if (search is { Skip: > 0, Size: > 0 } && !scope.IsEmpty)
        {
            return await RunBehindAsync(new PassedOver(sender, scope, search, clock), cancellationToken);
        }

        EventScan scan = new(sender, scope, search, clock, progress);
        if (scope.IsEmpty)
        {
            return scan.Answer([], isWhole: true, cancellationToken);
        }

        Extents extents = new(scope, search);
        return extents.AreNeeded && !await ReadExtentsAsync(extents, cancellationToken)
            ? await scan.RunAsync(cancellationToken)
            : await PushAsync(extents, cancellationToken) ?? await scan.RunAsync(cancellationToken);
    }

    private async Task<SearchResult> RunBehindAsync(PassedOver passed, CancellationToken cancellationToken)
    {
        if (await passed.FindAsync(cancellationToken) is not { } behind)
        {
            return await new EventScan(sender, scope, search, clock, progress).RunAsync(cancellationToken);
        }

        SearchResult result = await new SearchRun(sender, scope, behind, clock, progress).RunAsync(cancellationToken);
        return (passed.Notes.Count == 0 ? result : result with { Status = SearchStatus.Partial, Notes = [.. passed.Notes, .. result.Notes] }) with { TookMs = Took() };
    }

    /// <summary>False when the cluster's values are not all there are.</summary>
    private async Task<bool> ReadExtentsAsync(Extents extents, CancellationToken cancellationToken)
    {
        ClusterQuery query = new(scope, search);
        JsonObject aggregations = extents.Request();
        JsonObject body = Body(query, size: 0);
        aggregations[OddName] = Dsl.Named("filter", query.OddEvents());
        body["aggs"] = aggregations;
        using ElasticAnswer answer = await sender.SendAsync(scope, body, cancellationToken);
        JsonElement found = answer.Root.GetProperty("aggregations");
        if (!query.IsExact || HasOdd(found))
        {
            return false;
        }

        return extents.Read(found);
    }

    /// <summary>Null when only the events themselves tell.</summary>
    private async Task<SearchResult?> PushAsync(Extents extents, CancellationToken cancellationToken)
    {
        if (!scope.HasOneTime)
        {
            return await PushApartAsync(extents, cancellationToken);
        }

        ClusterQuery query = new(scope, search);
        JsonArray? sort = SearchBody.Sort(search, scope, query);
        PushedSet? aggregations = new AggregationWriter(scope, search, query, extents).Write(search.Aggregations);
        JsonObject rows = Body(query, _page.Fetch);
        if (sort is null || aggregations is null || !query.IsExact || SearchBody.IsAfterOdd(search, scope))
        {
            return null;
        }

        _page.Ask(rows, sort);
        JsonObject sums = aggregations.Request() ?? [];
        bool isSortedByValues = search.Sort.Any(s => !FieldDates.IsTimestamp(s.Field));
        bool isOddCounted = scope.Own.Count > 0 && (search.Count != CountMode.None || search.Aggregations.Count > 0 || isSortedByValues);
        if (isOddCounted)
        {
            sums[OddName] = Dsl.Named("filter", query.OddEvents());
        }

        _leftOut.Ask(sums);
        bool isNarrowed = SearchBody.IsBehindValues(search);
        if (isNarrowed)
        {
            rows["query"] = Dsl.And([rows["query"]!.DeepClone().AsObject(), SearchBody.WithoutValues(search, scope, query)]);
        }

        bool isApart = isNarrowed || (progress is not null && search.Aggregations.Count > 0);
        return isApart
            ? await RunApartAsync(query, isSortedByValues ? WithOdd(rows, query) : rows, sums, aggregations, extents, cancellationToken)
            : await RunTogetherAsync(query, rows, sums, aggregations, cancellationToken);
    }

    /// <summary>Where events have their times in several fields: rows for each field, the rest for all at once.</summary>
    private async Task<SearchResult?> PushApartAsync(Extents extents, CancellationToken cancellationToken)
    {
        ClusterQuery query = new(scope, search);
        PushedSet? aggregations = new AggregationWriter(scope, search, query, extents).Write(search.Aggregations);
        JsonObject rest = Body(query, size: 0), sums = aggregations?.Request() ?? [];
        if (aggregations is null || !query.IsExact || await new RowsByTime(sender, scope, search).ReadAsync(cancellationToken) is not { } rows)
        {
            return null;
        }

        progress?.Report(rows with { Status = SearchStatus.Partial, TookMs = Took() });
        sums[OddName] = Dsl.Named("filter", query.OddEvents());
        _leftOut.Ask(sums);
        rest["aggs"] = sums;
        using ElasticAnswer summed = await sender.SendAsync(scope, rest, cancellationToken);
        return HasOdd(Sums(summed.Root)) || AreFewForPercentiles(summed.Root) ? null : Whole(rows with { Total = TotalOf(summed.Root) }, summed.Root, aggregations);
    }

    private async Task<SearchResult?> RunTogetherAsync(
        ClusterQuery query, JsonObject rows, JsonObject sums, PushedSet aggregations, CancellationToken cancellationToken)
    {
        if (sums.Count > 0)
        {
            rows["aggs"] = sums;
        }

        using ElasticAnswer answer = await sender.SendAsync(scope, rows, cancellationToken);
        SearchResult? found = Rows(query, answer.Root);
        return found is null || HasOdd(Sums(answer.Root)) || AreFewForPercentiles(answer.Root) ? null : Whole(found, answer.Root, aggregations);
    }

    /// <summary>Rows first, which the cluster finds without looking at the rest, then the counts and the rest.</summary>
    private async Task<SearchResult?> RunApartAsync(
        ClusterQuery query, JsonObject rows, JsonObject sums, PushedSet aggregations, Extents extents, CancellationToken cancellationToken)
    {
        JsonObject rest = Body(query, size: 0);
        rest["aggs"] = sums;
        rows["track_total_hits"] = false;
        SearchResult? found;
        using (ElasticAnswer answer = await sender.SendAsync(scope, rows, cancellationToken))
        {
            found = Rows(query, answer.Root);
            if (found is null || HasOdd(Sums(answer.Root)))
            {
                return null;
            }
        }

        HitCount? atLeast = search.Count == CountMode.None ? null : new HitCount(found.Hits.Count, IsExact: false);
        progress?.Report(found with { Status = SearchStatus.Partial, Total = atLeast });
        if (progress is not null && !HasPercentiles(search.Aggregations.Values) && TimeSlices.Of(search, extents) is { } slices)
        {
            return await RunSlicedAsync(slices, query, found, sums, aggregations, cancellationToken);
        }

        using ElasticAnswer summed = await sender.SendAsync(scope, rest, cancellationToken);
        return HasOdd(Sums(summed.Root)) || AreFewForPercentiles(summed.Root) ? null : Whole(found with { Total = TotalOf(summed.Root) }, summed.Root, aggregations);
    }

    /// <summary>The counts and buckets of one slice of time after the other, each shown with those before.</summary>
    private async Task<SearchResult?> RunSlicedAsync(
        TimeSlices slices, ClusterQuery query, SearchResult rows, JsonObject sums, PushedSet aggregations, CancellationToken cancellationToken)
    {
        SearchResult found = rows;
        HitCount total = new(0, IsExact: true);
        IReadOnlyDictionary<string, AggregationResult>? buckets = null;
        TimeSpan? took = null;
        while (slices.HasMore)
        {
            long startedAt = clock.GetTimestamp();
            JsonObject body = Body(query, size: 0, slices.Take(took));
            body["aggs"] = sums.DeepClone();
            using ElasticAnswer answer = await sender.SendAsync(scope, body, cancellationToken);
            if (HasOdd(Sums(answer.Root)))
            {
                return null;
            }

            took = clock.GetElapsedTime(startedAt);
            buckets = slices.With(buckets, aggregations.Read(Sums(answer.Root), new BucketBudget()));
            if (TotalOf(answer.Root) is { } counted)
            {
                total = new HitCount(total.Value + counted.Value, total.IsExact && counted.IsExact);
            }

            (SearchStatus status, IReadOnlyList<SearchNote> notes) = ShardNotes.Of(answer.Root, scope);
            _leftOut.Read(Sums(answer.Root));
            found = found with
            {
                Status = status == SearchStatus.Partial ? status : found.Status,
                Notes = found.Notes.Count > 0 ? found.Notes : notes,
                Aggregations = buckets,
                Total = search.Count == CountMode.None ? null : total,
                TookMs = Took(),
            };
            if (slices.HasMore)
            {
                progress?.Report(found with { Status = SearchStatus.Partial, Total = found.Total is { } least ? least with { IsExact = false } : null });
            }
        }

        return found with { Notes = [.. found.Notes, .. _leftOut.Notes] };
    }

    private SearchResult? Rows(ClusterQuery query, JsonElement answer)
    {
        if (_page.Read(answer, query) is not { } page)
        {
            return null;
        }

        (SearchStatus status, IReadOnlyList<SearchNote> notes) = ShardNotes.Of(answer, scope);
        return new SearchResult { Status = status, Hits = page.Hits, Next = page.Next, Total = TotalOf(answer), TookMs = Took(), Notes = [.. notes, .. OtherNotes.Of(scope)] };
    }

    private SearchResult Whole(SearchResult rows, JsonElement answer, PushedSet aggregations)
    {
        (SearchStatus status, IReadOnlyList<SearchNote> notes) = ShardNotes.Of(answer, scope);
        _leftOut.Read(Sums(answer));
        return rows with
        {
            Status = status == SearchStatus.Partial ? status : rows.Status,
            Notes = [.. rows.Notes.Count > 0 ? rows.Notes : notes, .. _leftOut.Notes],
            Aggregations = search.Aggregations.Count == 0 ? rows.Aggregations : aggregations.Read(Sums(answer), new BucketBudget()),
            TookMs = Took(),
        };
    }

    private JsonObject Body(ClusterQuery query, int size, TimeRange? slice = null) => new()
    {
        ["query"] = SearchBody.Query(query, slice is { } range ? search with { Range = range } : search, scope),
        ["size"] = size,
        ["track_total_hits"] = search.Count switch { CountMode.Exact => true, CountMode.Bounded => CountBound, _ => HasPercentiles(search.Aggregations.Values) },
    };

    /// <summary>An event whose value is not in the index stands in the wrong place among rows sorted by it, or on no page at all.</summary>
    private JsonObject WithOdd(JsonObject rows, ClusterQuery query)
    {
        if (scope.Own.Count > 0)
        {
            rows["aggs"] = new JsonObject { [OddName] = Dsl.Named("filter", query.OddEvents()) };
        }

        return rows;
    }

    private HitCount? TotalOf(JsonElement answer)
    {
        if (search.Count == CountMode.None || !answer.GetProperty("hits").TryGetProperty("total", out JsonElement total))
        {
            return null;
        }

        return new HitCount(total.GetProperty("value").GetInt64(), total.GetProperty("relation").GetString() is "eq" && ShardNotes.IsWhole(answer));
    }

    private bool AreFewForPercentiles(JsonElement answer) =>
        HasPercentiles(search.Aggregations.Values) && answer.GetProperty("hits").TryGetProperty("total", out JsonElement total)
        && total.GetProperty("value").GetInt64() <= ExactPercentileHits;

    private static bool HasPercentiles(IEnumerable<PlannedAggregation> planned) =>
        planned.Any(p => p.Aggregation is PercentilesAggregation || HasPercentiles(p.Children.Values));

    private static JsonElement Sums(JsonElement answer) => answer.TryGetProperty("aggregations", out JsonElement sums) ? sums : default;

    private static bool HasOdd(JsonElement sums) =>
        sums.ValueKind == JsonValueKind.Object && sums.TryGetProperty(OddName, out JsonElement odd) && odd.GetProperty("doc_count").GetInt64() > 0;

    private long Took() => (long)clock.GetElapsedTime(_startedAt).TotalMilliseconds;
}
