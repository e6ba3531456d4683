using System.Globalization;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Client.Discover.Marking;
using LogView.Client.Discover.Run;
using LogView.Client.Shared;
using LogView.Client.Shared.Timing;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace LogView.Client.Discover.Chart;

/// <summary>Hits over time, stacked by level or another field. Drag to zoom, click a bar to see its time alone; a value in the legend filters; the same numbers are there as a table.</summary>
public partial class Histogram : IAsyncDisposable
{
    /// <summary>Lines that are still told apart.</summary>
    private const int MaxMarks = 50;

    private static readonly NumberFormatInfo Numbers = CultureInfo.InvariantCulture.NumberFormat;
    private ElementReference _root;
    private JsModule? _module;
    private DotNetObjectReference<Histogram>? _self;
    private IJSObjectReference? _chart;
    private (HistogramData? Data, string? Zone, bool IsLogarithmic, IReadOnlyList<TimeMark>? Marks) _drawn;
    private bool _asTable;

    [Parameter, EditorRequired]
    public HistogramData? Data { get; set; }

    [Parameter, EditorRequired]
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>A stretch of time was chosen.</summary>
    [Parameter]
    public EventCallback<TimeRange> OnZoom { get; set; }

    /// <summary>A value of the legend was clicked.</summary>
    [Parameter]
    public EventCallback<SearchFilter> OnFilter { get; set; }

    /// <summary>Moments drawn as lines.</summary>
    [Parameter]
    public IReadOnlyList<TimeMark> Marks { get; set; } = [];

    /// <summary>Heights are logarithms: a few events beside many are seen.</summary>
    [Parameter]
    public bool IsLogarithmic { get; set; }

    /// <summary>Further controls at the end of the legend.</summary>
    [Parameter]
    public RenderFragment? Controls { get; set; }

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [Inject]
    private IStringLocalizer<DiscoverText> Text { get; set; } = default!;

    private string Description
    {
        get
        {
            if (Data is not { Buckets: [var first, .., var last] } data)
            {
                return Text["Events over time"];
            }

            long total = data.Totals.Sum();
            return Text["{0} events from {1} to {2}; the table has the numbers", total.ToString("N0", Numbers), ZoneTime.Short(first.From, Zone), ZoneTime.Short(last.To, Zone)];
        }
    }

    /// <summary>The buckets between two edges were chosen, in milliseconds since 1970; edges of buckets that are there are taken to the nanosecond.</summary>
    [JSInvokable]
    public Task Zoom(long from, long to)
    {
        if (from >= to || Math.Max(Math.Abs(from), Math.Abs(to)) > Timestamp.MaxValue.UnixMilliseconds)
        {
            return Task.CompletedTask;
        }

        return OnZoom.InvokeAsync(new TimeRange(Edge(from, b => b.From), Edge(to, b => b.To)));
    }

    public async ValueTask DisposeAsync()
    {
        if (_module is not null)
        {
            await _module.DisposeAsync();
        }

        _self?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _module = new JsModule(Js, "Discover/Chart/Histogram.razor.js");
            _chart = await _module.HoldAsync("attach", "forget", _root, _self);
        }

        if (_module is not null && _chart is not null && Data is not null && !(ReferenceEquals(_drawn.Data, Data) && string.Equals(_drawn.Zone, Zone.Id, StringComparison.Ordinal) && _drawn.IsLogarithmic == IsLogarithmic && ReferenceEquals(_drawn.Marks, Marks)))
        {
            _drawn = (Data, Zone.Id, IsLogarithmic, Marks);
            await _module.InvokeVoidAsync("draw", _chart, Compact(Data), Zone.Id, IsLogarithmic);
        }
    }

    private Timestamp Edge(long milliseconds, Func<TimeRange, Timestamp> edge) =>
        (Data?.Buckets ?? []).Select(edge).FirstOrDefault(t => t.UnixMilliseconds == milliseconds, Timestamp.FromUnixMilliseconds(milliseconds));

    /// <summary>Times in milliseconds and plain arrays: 80 buckets of 5 levels are under 3 kB.</summary>
    private object Compact(HistogramData data) => new
    {
        Edges = data.Buckets.Select(b => b.From.UnixMilliseconds).Append(data.Buckets.Count == 0 ? 0 : data.Buckets[^1].To.UnixMilliseconds),
        data.Totals,
        InAll = Text["{0} in all"].Value,
        Marks = Marks.Where(m => data.Buckets.Count > 0 && m.At >= data.Buckets[0].From && m.At < data.Buckets[^1].To).Take(MaxMarks).Select(m => new { At = m.At.UnixMilliseconds, m.Label }),
        Series = data.Series.Select(s => new { Name = Name(s), Color = s.ColorVariable, s.Counts }),
    };

    private string Name(HistogramSeries series) => series.Name is null ? Text["others"] : series.Name.Length == 0 ? Text["(empty)"] : series.Name;
}
