using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Language;
using LogView.Server.Storage.Aggregations;

namespace LogView.Server.Storage.Memory;

/// <summary>One search over one window: keep what matches, sort a page of it, sum up the rest.</summary>
internal sealed class MemorySearch
{
    /// <summary>Between two reports. Fast enough to look immediate, slow enough to cost nothing.</summary>
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>Events between two looks at the clock and the cancellation: far below 500 ms even at 100 µs an event.</summary>
    private const int CheckEvery = 256;

    private readonly EventWindow _window;
    private readonly StoreSearch _search;
    private readonly TimeProvider _clock;
    private readonly IProgress<SearchResult>? _progress;
    private readonly PageCollector _page;
    private readonly long _startedAt;
    private long _reportedAt;

    public MemorySearch(EventWindow window, StoreSearch search, TimeProvider clock, IProgress<SearchResult>? progress)
    {
        (_window, _search, _clock, _progress) = (window, search, clock, progress);
        _page = new PageCollector(search);
        _startedAt = _reportedAt = clock.GetTimestamp();
    }

    public SearchResult Run(CancellationToken cancellationToken)
    {
        List<LogEvent> matches = Match(cancellationToken);
        SearchResult rows = Partial(isExact: true, matches.Count);
        if (_search.Aggregations.Count > 0)
        {
            _progress?.Report(rows);
        }

        return rows with
        {
            Status = SearchStatus.Complete,
            Aggregations = Aggregate(matches, cancellationToken),
            TookMs = (long)_clock.GetElapsedTime(_startedAt).TotalMilliseconds,
        };
    }

    /// <summary>Newest arrivals first: they are the rows most searches want, and are reported before the rest is looked at.</summary>
    private List<LogEvent> Match(CancellationToken cancellationToken)
    {
        Matcher matcher = Matcher.Compile(_search.Query, _search.Now, _search.Zone);
        List<LogEvent> matches = [];
        for (int i = _window.Count - 1; i >= 0; i--)
        {
            if (i % CheckEvery == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ReportIfDue(matches.Count);
            }

            LogEvent logEvent = _window[i];
            if (_search.Range.Contains(logEvent.Timestamp) && _search.DataStreams(logEvent.DataStream) && matcher.Matches(logEvent))
            {
                matches.Add(logEvent);
                _page.Add(logEvent);
            }
        }

        matches.Reverse();
        return matches;
    }

    private IReadOnlyDictionary<string, AggregationResult> Aggregate(List<LogEvent> matches, CancellationToken cancellationToken)
    {
        var context = new AggregationContext(_search, AggregationPrecision.Exact, field => ExtentOf(field, matches));
        AggregatorSet aggregators = new AggregatorFactory(_search.Aggregations, context).Create();
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
        foreach (Timestamp instant in matches.SelectMany(e => FieldDates.Of(e, field, _search.Zone)))
        {
            extent = extent is not { } known ? (instant, instant)
                : (instant < known.First ? instant : known.First, instant > known.Last ? instant : known.Last);
        }

        return extent;
    }

    private void ReportIfDue(int matched)
    {
        if (_progress is not null && _clock.GetElapsedTime(_reportedAt) >= ReportEvery)
        {
            _reportedAt = _clock.GetTimestamp();
            _progress.Report(Partial(isExact: false, matched));
        }
    }

    private SearchResult Partial(bool isExact, int matched)
    {
        (IReadOnlyList<Hit> hits, string? next) = _page.ToPage();
        return new SearchResult
        {
            Status = SearchStatus.Partial,
            Hits = hits,
            Next = next,
            Total = _search.Count == CountMode.None ? null : new HitCount(matched, isExact),
            TookMs = (long)_clock.GetElapsedTime(_startedAt).TotalMilliseconds,
        };
    }
}
