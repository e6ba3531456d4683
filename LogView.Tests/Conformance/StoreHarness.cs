using System.Globalization;
using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Client.Language;
using LogView.Server.Storage;

namespace LogView.Tests.Conformance;

/// <summary>One empty store per test, and short words for writing to it and asking it.</summary>
public abstract class StoreHarness : IAsyncLifetime
{
    protected const string DefaultStream = "logs-test-default";

    private long _sequence;

    /// <summary>What <c>now</c> is in these tests.</summary>
    protected static readonly Timestamp Now = Instant("2026-11-22T05:00:00Z");

    protected IEventStore Store { get; private set; } = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Everything, newest first, with a cursor page of 100.</summary>
    protected static StoreSearch All => new() { DataStreams = _ => true, Now = Now };

    /// <summary>A new, empty store. Called once per test.</summary>
    protected abstract Task<IEventStore> OpenAsync();

    /// <summary>Closes the store and opens what it left behind. Null: the engine forgets.</summary>
    protected virtual Task<IEventStore?> ReopenAsync(IEventStore store) => Task.FromResult<IEventStore?>(null);

    public async ValueTask InitializeAsync() => Store = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>False when the engine forgets, and the test has nothing to say.</summary>
    protected async Task<bool> TryReopenAsync()
    {
        IEventStore? reopened = await ReopenAsync(Store);
        Store = reopened ?? Store;
        return reopened is not null;
    }

    /// <summary>Nine digits of a second are kept, which .NET's own parsers drop.</summary>
    protected static Timestamp Instant(string text)
    {
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        string whole = dot < 0 ? text : text[..dot] + "Z";
        string fraction = dot < 0 ? "0" : text[(dot + 1)..^1].PadRight(9, '0');
        var seconds = DateTimeOffset.Parse(whole, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return new Timestamp(seconds.ToUnixTimeSeconds() * Timestamp.NanosecondsPerSecond + long.Parse(fraction, CultureInfo.InvariantCulture));
    }

    protected static TimeRange Range(string from, string to) => new(Instant(from), Instant(to));

    protected static TimeZoneInfo Zone(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);

    protected static QueryNode Query(string text)
    {
        ParseResult parsed = QueryParser.Parse(text);
        Assert.Null(parsed.Error);
        return parsed.Node!;
    }

    /// <summary>An event with the next sequence; its id is <c>e</c> and the sequence unless given.</summary>
    protected LogEvent Event(string time, string json = "{}", string? id = null, string stream = DefaultStream, string derived = "") =>
        Event(Instant(time), json, id, stream, derived);

    protected LogEvent Event(Timestamp time, string json = "{}", string? id = null, string stream = DefaultStream, string derived = "")
    {
        long sequence = ++_sequence;
        return new LogEvent
        {
            Id = new EventId(id ?? string.Create(CultureInfo.InvariantCulture, $"e{sequence}")),
            DataStream = DataStreamName.Parse(stream),
            Timestamp = time,
            Sequence = sequence,
            Source = Encoding.UTF8.GetBytes(json),
            Derived = Encoding.UTF8.GetBytes(derived),
        };
    }

    /// <summary>One event a second from 2026-11-01T10:00:00Z on, one for each source.</summary>
    protected LogEvent[] Events(params string[] sources) =>
        [.. sources.Select((json, i) => Event(Instant("2026-11-01T10:00:00Z").Add(TimeSpan.FromSeconds(i)), json))];

    protected Task WriteAsync(params LogEvent[] events) => Store.WriteAsync(events, Cancel);

    protected Task WriteAsync(params string[] sources) => WriteAsync(Events(sources));

    protected Task<SearchResult> SearchAsync(StoreSearch search) => Store.SearchAsync(search, progress: null, Cancel);

    /// <summary>The ids found by a query, oldest first, joined by spaces.</summary>
    protected async Task<string> FoundAsync(string query) => await FoundAsync(Query(query));

    protected async Task<string> FoundAsync(QueryNode query)
    {
        SearchResult result = await SearchAsync(All with { Query = query, Sort = [new SortField("@timestamp", SortOrder.Asc)] });
        Assert.Equal(new HitCount(result.Hits.Count, true), result.Total);
        return Ids(result);
    }

    protected static string Ids(SearchResult result) => string.Join(' ', result.Hits.Select(h => h.Event.Id.Value));

    /// <summary>All pages of so many hits each, until there is no cursor.</summary>
    protected async Task<List<SearchResult>> PagesAsync(StoreSearch search, Func<int, Task>? between = null)
    {
        List<SearchResult> pages = [];
        string? after = null;
        do
        {
            pages.Add(await SearchAsync(search with { After = after }));
            after = pages[^1].Next;
            if (between is not null)
            {
                await between(pages.Count);
            }
        }
        while (after is not null && pages.Count < 1_000);

        return pages;
    }

    protected async Task<AggregationResult> AggregateAsync(StoreSearch search, Aggregation aggregation)
    {
        SearchResult result = await SearchAsync(search with { Size = 0, Aggregations = Plan(("it", aggregation)) });
        return result.Aggregations["it"];
    }

    protected async Task<BucketsResult> BucketsAsync(StoreSearch search, Aggregation aggregation) =>
        Assert.IsType<BucketsResult>(await AggregateAsync(search, aggregation));

    protected Task<BucketsResult> BucketsAsync(Aggregation aggregation) => BucketsAsync(All, aggregation);

    protected static IReadOnlyDictionary<string, PlannedAggregation> Plan(params (string Name, Aggregation Aggregation)[] aggregations) =>
        aggregations.ToDictionary(a => a.Name, a => Plan(a.Aggregation), StringComparer.Ordinal);

    protected static IReadOnlyDictionary<string, Aggregation> Children(params (string Name, Aggregation Aggregation)[] aggregations) =>
        aggregations.ToDictionary(a => a.Name, a => a.Aggregation, StringComparer.Ordinal);

    /// <summary>Buckets as text: <c>error=2 info=1</c>; a bucket with bounds as <c>[from,to)=n</c>.</summary>
    protected static string Text(BucketsResult result) => string.Join(' ', result.Buckets.Select(b =>
        string.Create(CultureInfo.InvariantCulture, $"{b.Key?.ToString() ?? $"[{b.From},{b.To})"}={b.Count}")));

    private static PlannedAggregation Plan(Aggregation aggregation)
    {
        Dictionary<string, QueryNode> filters = (aggregation as FiltersAggregation)?.Filters.ToDictionary(f => f.Key, f => Query(f.Value)) ?? [];
        return new PlannedAggregation(aggregation, filters, Plan([.. aggregation.Aggregations.Select(a => (a.Key, a.Value))]));
    }
}
