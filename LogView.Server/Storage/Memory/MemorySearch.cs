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
    private readonly bool _needsAll;
    private long _reportedAt;
    private int _matched;

    public MemorySearch(EventWindow window, StoreSearch search, TimeProvider clock, IProgress<SearchResult>? progress)
    {
        (_window, _search, _clock, _progress) = (window, search, clock, progress);
        _page = new PageCollector(search);
        _needsAll = search.Count != CountMode.None || search.Aggregations.Count > 0;
        _startedAt = _reportedAt = clock.GetTimestamp();
    }

    public SearchResult Run(CancellationToken cancellationToken)
    {
        List<LogEvent> matches = Match(cancellationToken);
        SearchResult rows = Partial(isExact: true);
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

    /// <summary>
    /// Newest arrivals first: they are the rows most searches want, and are reported before the rest is looked at. Pieces of the window without an event
    /// of the time range are passed over, and without a count or an aggregation those that cannot change the page any more.
    /// </summary>
    /// <returns>What the aggregations need, oldest arrival first; empty when there are none.</returns>
    private List<LogEvent> Match(CancellationToken cancellationToken)
    {
        Matcher matcher = Matcher.Compile(_search.Query, _search.Now, _search.Zone);
        List<LogEvent> matches = [];
        for (int end = _window.Count; end > 0;)
        {
            WindowPiece piece = _window.PieceOf(end - 1);
            if (!CanPassOver(piece))
            {
                Match(piece.First, end, matcher, matches, cancellationToken);
            }

            end = piece.First;
        }

        matches.Reverse();
        return matches;
    }

    private bool CanPassOver(in WindowPiece piece) =>
        piece.Newest < _search.Range.From
        || (piece.Oldest >= _search.Range.To && _search.Range.To != Timestamp.MaxValue)
        || (!_needsAll && _page.IsBeyond(piece.Oldest, piece.Newest));

    private void Match(int first, int end, Matcher matcher, List<LogEvent> matches, CancellationToken cancellationToken)
    {
        for (int i = end - 1; i >= first; i--)
        {
            if (i % CheckEvery == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ReportIfDue();
            }

            LogEvent logEvent = _window[i];
            if (_search.Range.Contains(logEvent.Timestamp) && _search.DataStreams(logEvent.DataStream) && matcher.Matches(logEvent))
            {
                _matched++;
                _page.Add(logEvent);
                if (_search.Aggregations.Count > 0)
                {
                    matches.Add(logEvent);
                }
            }
        }
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

    private void ReportIfDue()
    {
        if (_progress is not null && _clock.GetElapsedTime(_reportedAt) >= ReportEvery)
        {
            _reportedAt = _clock.GetTimestamp();
            _progress.Report(Partial(isExact: false));
        }
    }

    private SearchResult Partial(bool isExact)
    {
        (IReadOnlyList<Hit> hits, string? next) = _page.ToPage();
        return new SearchResult
        {
            Status = SearchStatus.Partial,
            Hits = hits,
            Next = next,
            Total = _search.Count == CountMode.None ? null : new HitCount(_matched, isExact),
            TookMs = (long)_clock.GetElapsedTime(_startedAt).TotalMilliseconds,
        };
    }
}
