using LogView.Client.Contracts.Search;
using LogView.Server.Storage.Aggregations;
using LogView.Server.Storage.Embedded.Segments;

namespace LogView.Server.Storage.Embedded.Querying;

/// <summary>
/// What a search knows so far, and who is told: the rows as soon as no other segment can change them, then counts and buckets as they grow.
/// Safe for concurrent use; reports are in order.
/// </summary>
internal sealed class SearchReport
{
    /// <summary>Between two reports. Fast enough to look immediate, slow enough to cost nothing.</summary>
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(100);

    private readonly StoreSearch _search;
    private readonly SegmentView[] _segments;
    private readonly bool[] _matched;
    private readonly TimeProvider _clock;
    private readonly IProgress<SearchResult>? _progress;
    private readonly Lock _sync = new();
    private readonly long _startedAt;
    private long _reportedAt;
    private long _count;
    private int _left;
    private bool _rowsReported;
    private (IReadOnlyList<Hit> Hits, string? Next)? _rows;

    public SearchReport(StoreSearch search, SegmentView[] segments, TimeProvider clock, IProgress<SearchResult>? progress)
    {
        (_search, _segments, _clock, _progress) = (search, segments, clock, progress);
        _matched = new bool[segments.Length];
        _left = segments.Length;
        _startedAt = _reportedAt = clock.GetTimestamp();
        Page = Page.Of(search);
    }

    public Page Page { get; }

    /// <summary>Sums of all segments aggregated so far; null before the first.</summary>
    public AggregatorSet? Totals { get; set; }

    public void Matched(int segment, int hits)
    {
        lock (_sync)
        {
            _matched[segment] = true;
            _count += hits;
            _left--;
            if (_progress is null)
            {
                return;
            }

            bool rowsAreFinal = !_rowsReported && RowsAreFinal();
            if (rowsAreFinal && (_left > 0 || _search.Aggregations.Count > 0))
            {
                _rowsReported = true;
                _rows = Page.Read();
                Report(withAggregations: false);
            }
            else
            {
                ReportIfDue();
            }
        }
    }

    public void Aggregated(AggregatorSet part)
    {
        lock (_sync)
        {
            Totals?.Merge(part);
            ReportIfDue();
        }
    }

    public SearchResult Complete()
    {
        lock (_sync)
        {
            return Answer(SearchStatus.Complete, isExact: true, withAggregations: true);
        }
    }

    private bool RowsAreFinal()
    {
        for (int i = 0; i < _segments.Length; i++)
        {
            if (!_matched[i] && Page.MayTake(_segments[i]))
            {
                return false;
            }
        }

        return true;
    }

    private void ReportIfDue()
    {
        if (_progress is not null && _clock.GetElapsedTime(_reportedAt) >= ReportEvery)
        {
            Report(withAggregations: true);
        }
    }

    private void Report(bool withAggregations)
    {
        _reportedAt = _clock.GetTimestamp();
        _progress!.Report(Answer(SearchStatus.Partial, isExact: _left == 0, withAggregations));
    }

    private SearchResult Answer(SearchStatus status, bool isExact, bool withAggregations)
    {
        (IReadOnlyList<Hit> hits, string? next) = _rows ?? Page.Read();
        return new SearchResult
        {
            Status = status,
            Hits = hits,
            Next = next,
            Total = _search.Count == CountMode.None ? null : new HitCount(_count, isExact),
            TookMs = (long)_clock.GetElapsedTime(_startedAt).TotalMilliseconds,
            Aggregations = withAggregations && Totals is not null
                ? Totals.ToResults(new BucketBudget())
                : new Dictionary<string, AggregationResult>(StringComparer.Ordinal),
        };
    }
}
