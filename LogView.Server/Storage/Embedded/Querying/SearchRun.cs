using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage.Aggregations;
using LogView.Server.Storage.Embedded.Aggregating;
using LogView.Server.Storage.Embedded.Documents;
using LogView.Server.Storage.Embedded.Planning;
using LogView.Server.Storage.Embedded.Segments;

namespace LogView.Server.Storage.Embedded.Querying;

/// <summary>
/// One search over one snapshot. Workers take segments from the sort order's end on, so that rows come first; counts and buckets go on behind
/// them. An aggregation that has to know where the hits end waits for all matches.
/// </summary>
internal sealed class SearchRun
{
    private readonly StoreSearch _search;
    private readonly SegmentView[] _segments;
    private readonly DocSet?[] _matches;
    private readonly PlanNode _plan;
    private readonly AggregationPlan _aggregations;
    private readonly SearchReport _report;
    private readonly AnswerCache _answers;
    private readonly SearchTurns _turns;
    private readonly int _threads;
    private AggregatorFactory? _factory;
    private AnswerPlan? _answerPlan;

    /// <summary>Throws <see cref="BadCursorException"/>.</summary>
    /// <param name="search">What is asked.</param>
    /// <param name="views">The parts of the store that may have hits.</param>
    /// <param name="answers">Shared by all searches.</param>
    /// <param name="turns">Taken with all other searches, segment by segment.</param>
    /// <param name="threads">At most.</param>
    /// <param name="clock">Paces progress.</param>
    /// <param name="progress">Told of growing answers.</param>
    public SearchRun(
        StoreSearch search, IReadOnlyList<SegmentView> views, AnswerCache answers, SearchTurns turns, int threads, TimeProvider clock,
        IProgress<SearchResult>? progress)
    {
        _answers = answers;
        _search = search;
        _turns = turns;
        _threads = threads;
        bool oldestFirst = search.Sort[0] is { Field: "@timestamp", Order: SortOrder.Asc };
        _segments = oldestFirst ? [.. views.OrderBy(v => v.Oldest)] : [.. views.OrderByDescending(v => v.Newest)];
        _matches = new DocSet?[_segments.Length];
        _plan = QueryPlanner.Plan(search.Query, search.Now, search.Zone);
        _aggregations = new AggregationPlan(search);
        _report = new SearchReport(search, _segments, clock, progress);
    }

    private bool HasAggregations => _search.Aggregations.Count > 0;

    private bool WantsAll => _search.Count != CountMode.None || HasAggregations;

    public async Task<SearchResult> RunAsync(CancellationToken cancellationToken)
    {
        bool inOnePass = HasAggregations && !NeedsExtent(_search.Aggregations);
        if (inOnePass)
        {
            MakeFactory();
        }

        _answerPlan = WantsAll && (inOnePass || !HasAggregations) ? AnswerPlan.Of(_search) : null;
        await ForEachSegmentAsync(i => Answer(i, inOnePass, cancellationToken), cancellationToken);
        if (HasAggregations && !inOnePass)
        {
            MakeFactory();
            await ForEachSegmentAsync(i => _report.Aggregated(Aggregate(i, cancellationToken)), cancellationToken);
        }

        return _report.Complete();
    }

    /// <summary>Looks for the answer among those known before; only rows of the page have to be found in any case.</summary>
    private void Answer(int index, bool aggregates, CancellationToken cancellationToken)
    {
        SegmentView segment = _segments[index];
        object? key = _answerPlan is not null && segment.Oldest >= _search.Range.From && _search.Range.Contains(segment.Newest) ? segment.CacheKey : null;
        SegmentAnswer? known = key is null ? null : _answers.Find(key, _answerPlan!);
        if (known is not null && !_report.Page.MayTake(segment))
        {
            _report.Matched(index, known.Hits);
            _report.Aggregated(known.Sums);
            return;
        }

        int hits = Match(index, cancellationToken);
        AggregatorSet sums = known?.Sums ?? (aggregates ? Aggregate(index, cancellationToken) : AggregatorSet.Empty);
        _matches[index] = aggregates ? null : _matches[index];
        if (aggregates)
        {
            _report.Aggregated(sums);
        }

        if (key is not null && known is null)
        {
            _answers.Add(key, _answerPlan!, new SegmentAnswer(hits, sums));
        }
    }

    private int Match(int index, CancellationToken cancellationToken)
    {
        SegmentView segment = _segments[index];
        if (WantsAll || _report.Page.MayTake(segment))
        {
            DocSet docs = _plan.Evaluate(segment, segment.InRange(_search.Range), cancellationToken);
            _report.Page.Add(segment, docs, cancellationToken);
            _matches[index] = HasAggregations ? docs : null;
            _report.Matched(index, docs.Count);
            return docs.Count;
        }

        _report.Matched(index, 0);
        return 0;
    }

    private void MakeFactory()
    {
        var context = new AggregationContext(_search, AggregationPrecision.Sketched, field => HitExtent.Of(field, _segments, _matches, _search.Zone));
        _factory = new AggregatorFactory(_search.Aggregations, context);
        _report.Totals = _factory.Create();
    }

    private AggregatorSet Aggregate(int index, CancellationToken cancellationToken)
    {
        DocSet docs = _matches[index]!;
        _matches[index] = null;
        AggregatorSet part = _factory!.Create();
        new SegmentAggregation(_aggregations, _segments[index], cancellationToken).Fill(part, _search.Aggregations, docs);
        return part;
    }

    /// <summary>Histograms over time with an open range end where the hits end, which is known when all are.</summary>
    private bool NeedsExtent(IReadOnlyDictionary<string, PlannedAggregation> planned) => planned.Values.Any(p =>
        NeedsExtent(p.Children)
        || p.Aggregation is DateHistogramAggregation date
        && (!FieldDates.IsTimestamp(date.Field) || _search.Range.From == Timestamp.MinValue || _search.Range.To == Timestamp.MaxValue));

    private async Task ForEachSegmentAsync(Action<int> work, CancellationToken cancellationToken)
    {
        int next = -1;
        int workers = Math.Min(_threads, _segments.Length);
        async Task WorkAsync()
        {
            for (int i = Interlocked.Increment(ref next); i < _segments.Length; i = Interlocked.Increment(ref next))
            {
                int segment = i;
                await _turns.TakeAsync(() => work(segment), cancellationToken);
            }
        }

        if (workers <= 1)
        {
            await WorkAsync();
            return;
        }

        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(WorkAsync, cancellationToken)));
    }
}
