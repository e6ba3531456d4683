using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Client.Discover.State;
using LogView.Client.Language;
using LogView.Client.Shared.Timing;

namespace LogView.Client.Discover.Run;

/// <summary>
/// The searches of one state, all over the same window: <c>now</c> is resolved once, so that rows, count and chart add up.
/// </summary>
/// <param name="State">What is asked.</param>
/// <param name="Zone">In which times are meant.</param>
/// <param name="From">Start of the window; null: open.</param>
/// <param name="To">End of the window; null: open.</param>
/// <param name="Started">What <c>now</c> stands for.</param>
public sealed record RunPlan(DiscoverState State, TimeZoneInfo Zone, Timestamp? From, Timestamp? To, Timestamp Started)
{
    public const string OverTime = "over_time";
    public const string ByLevel = "level";

    /// <summary>What the chart is coloured by unless another field is asked for.</summary>
    public const string LevelField = "log.level";
    public const string BySplit = "split";

    /// <summary>Rows of the first page: a screen or two, so that they come at once.</summary>
    public const int FirstPage = 100;

    /// <summary>Bars that are still told apart on a wide screen.</summary>
    public const int MaxBuckets = 80;

    /// <summary>The plan, or a sentence that says what is wrong with the time range.</summary>
    public static (RunPlan? Plan, string? Problem) Make(DiscoverState state, string browserZone, Timestamp now)
    {
        TimeZoneInfo zone = ZoneTime.Zone(state.Zone ?? browserZone);
        DateMathResult from = Resolve(state.Range.From, now, zone, roundUp: false);
        DateMathResult to = Resolve(state.Range.To, now, zone, roundUp: true);
        if ((from.Error ?? to.Error) is { } error)
        {
            return (null, error);
        }

        return (new RunPlan(state, zone, from.Value, to.Value, now), null);
    }

    /// <summary>With the looks of now, such as columns: they change without another run. A state that asks for something else is not what this plan found.</summary>
    public RunPlan ShownAs(DiscoverState now) => State.IsSameSearch(now) ? this with { State = now } : this;

    /// <summary>The state with its window as it was at the run: what a link shares.</summary>
    public DiscoverState Frozen() => State with { Range = new TimeRangeExpression(From?.ToString(), To?.ToString()), Zone = Zone.Id };

    /// <summary>The newest rows, uncounted.</summary>
    public SearchRequest Hits() => Base() with { Size = FirstPage, Count = CountMode.None, Sort = [State.Sort] };

    /// <summary>Rows of a stretch of the window, behind a cursor.</summary>
    public SearchRequest HitsIn(Timestamp? from, Timestamp? to, string? cursor, int size) =>
        Hits() with { From = from?.ToString(), To = to?.ToString(), Size = size, After = cursor };

    /// <summary>Events with one of these levels, in the order of time.</summary>
    public SearchRequest EventsOf(IReadOnlyList<string> levels, Timestamp? from, Timestamp? to, SortOrder order, string? cursor, int size) => HitsIn(from, to, cursor, size) with
    {
        Filters = [.. State.Filters, new SearchFilter { Field = "log.level", OneOf = [.. levels] }],
        Sort = [new SortField(SortField.TimeField, order)],
    };

    /// <summary>How the rows of a stretch of the window lie in time, in at most so many buckets.</summary>
    public SearchRequest CountsIn(Timestamp? from, Timestamp? to, int buckets) => Base() with
    {
        From = from?.ToString(),
        To = to?.ToString(),
        Size = 0,
        Count = CountMode.None,
        Aggregations = new Dictionary<string, Aggregation>(StringComparer.Ordinal) { [OverTime] = new DateHistogramAggregation(new HistogramInterval.Auto(buckets)) },
    };

    /// <summary>Count and histogram, no rows.</summary>
    public SearchRequest Overview() => Base() with
    {
        Size = 0,
        Count = CountMode.Exact,
        Aggregations = new Dictionary<string, Aggregation>(StringComparer.Ordinal)
        {
            [OverTime] = new DateHistogramAggregation(State.Interval ?? new HistogramInterval.Auto(MaxBuckets))
            {
                Aggregations = new Dictionary<string, Aggregation>(StringComparer.Ordinal) { [ByLevel] = new TermsAggregation(LevelField) },
            },
        },
    };

    /// <summary>The buckets of the overview for each of the most frequent values of the field it is split by; null when it is split by level.</summary>
    public SearchRequest? Split(HistogramData chart) => State.Split is not { } field || chart.Buckets is not [{ From: var from }, .., { To: var to }] ? null : Base() with
    {
        // Bounded by the buckets, which may reach beyond the window: what is outside the window is left out by a filter.
        From = from.ToString(),
        To = to.ToString(),
        Filters = [.. State.Filters, .. Window()],
        Size = 0,
        Count = CountMode.None,
        Aggregations = new Dictionary<string, Aggregation>(StringComparer.Ordinal)
        {
            [BySplit] = new TermsAggregation(field, HistogramSeries.MaxValues)
            {
                Aggregations = new Dictionary<string, Aggregation>(StringComparer.Ordinal)
                {
                    [OverTime] = new DateHistogramAggregation(chart.IntervalNanoseconds is { } width ? new HistogramInterval.Fixed(width) : State.Interval ?? new HistogramInterval.Auto(MaxBuckets)),
                },
            },
        },
    };

    public SearchRequest Fields() => Base() with { Size = 0, Count = CountMode.None };

    /// <summary>How many there would be in another time range, given as date math or instants.</summary>
    public SearchRequest CountIn(TimeRangeExpression range) => Base() with { From = range.From, To = range.To, Size = 0, Count = CountMode.Exact };

    /// <summary>How many came after the newest row on screen.</summary>
    public SearchRequest CountSince(Timestamp newest) =>
        Base() with { From = new Timestamp(newest.UnixNanoseconds + 1).ToString(), To = null, Size = 0, Count = CountMode.Exact };

    private static DateMathResult Resolve(string? text, Timestamp now, TimeZoneInfo zone, bool roundUp)
    {
        if (text is null || ZoneTime.Instant(text) is not null)
        {
            return new DateMathResult(ZoneTime.Instant(text), null);
        }

        DateMathResult result = DateMath.Resolve(text, now, zone, roundUp);

        // Rounding up names the unit's last instant; the window's end is exclusive.
        return roundUp && result.Value is { } end && text.Contains('/', StringComparison.Ordinal)
            ? result with { Value = new Timestamp(end.UnixNanoseconds + 1) }
            : result;
    }

    private SearchFilter[] Window() => From is null && To is null ? [] : [new SearchFilter { Field = SortField.TimeField, Gte = From?.ToString(), Lt = To?.ToString() }];

    private SearchRequest Base() => new()
    {
        Query = State.Query,
        Language = State.Language,
        DataStream = State.DataStream,
        Filters = State.Filters,
        From = From?.ToString(),
        To = To?.ToString(),
        TimeZone = Zone.Id,
    };
}
