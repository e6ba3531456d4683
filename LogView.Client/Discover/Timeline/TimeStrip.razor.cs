using System.Globalization;
using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Client.Discover.Run;
using LogView.Client.Shared.Timing;
using Microsoft.AspNetCore.Components;

namespace LogView.Client.Discover.Timeline;

/// <summary>A scale of time beside the rows: how many events there are when, where the rows on screen are, and a way to another time.</summary>
public partial class TimeStrip
{
    /// <summary>Parts the strip is divided into.</summary>
    private const int Parts = 1_000;

    private const int Width = 40;

    private HistogramData? _drawn;
    private int? _dragged;

    [Parameter, EditorRequired]
    public HistogramData Data { get; set; } = default!;

    [Parameter, EditorRequired]
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>Newest on top.</summary>
    [Parameter]
    public bool IsDescending { get; set; } = true;

    /// <summary>Time of the row on top of the screen; null: not known.</summary>
    [Parameter]
    public Timestamp? At { get; set; }

    /// <summary>Another time was chosen.</summary>
    [Parameter]
    public EventCallback<Timestamp> OnGo { get; set; }

    private string Bars { get; set; } = "";

    private int Share => _dragged ?? (At is { } at ? ShareOf(at) : 0);

    private Timestamp? Dragged => _dragged is { } share ? TimeOf(share) : null;

    private long From => Data.Buckets[0].From.UnixNanoseconds;

    private long To => Data.Buckets[^1].To.UnixNanoseconds;

    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_drawn, Data) && Data.Buckets.Count > 0)
        {
            (_drawn, _dragged) = (Data, null);
            Bars = Path();
        }
    }

    /// <summary>Square roots: a few events beside thousands are still seen.</summary>
    private string Path()
    {
        var path = new StringBuilder();
        double most = Math.Sqrt(Math.Max(1, Data.Totals.Max()));
        for (int i = 0; i < Data.Buckets.Count; i++)
        {
            int a = ShareOf(Data.Buckets[i].From), b = ShareOf(Data.Buckets[i].To);
            if (Data.Totals[i] > 0)
            {
                double wide = Math.Max(2, Math.Sqrt(Data.Totals[i]) / most * Width);
                path.Append(CultureInfo.InvariantCulture, $"M{Width} {Math.Min(a, b)}h-{wide:0.#}v{Math.Max(1, Math.Abs(b - a) - 1)}h{wide:0.#}z");
            }
        }

        return path.ToString();
    }

    private int ShareOf(Timestamp instant)
    {
        double share = Math.Clamp((instant.UnixNanoseconds - From) / (double)Math.Max(1, To - From), 0, 1);
        return (int)Math.Round((IsDescending ? 1 - share : share) * Parts);
    }

    private Timestamp TimeOf(int share) => new(From + (long)((To - From) * (IsDescending ? 1 - share / (double)Parts : share / (double)Parts)));

    private string Label(Timestamp instant)
    {
        DatePart date = DateParts.Between(Data.Buckets[0].From, new Timestamp(Data.Buckets[^1].To.UnixNanoseconds - 1), Zone);
        string text = ZoneTime.Of(instant, Zone, date == DatePart.Year ? DatePart.Day : date);
        return date == DatePart.None ? text[..8] : text[..11];
    }

    private void Drag(object? value) => _dragged = Read(value);

    private async Task DropAsync(object? value)
    {
        if (Read(value) is { } share)
        {
            _dragged = share;
            await OnGo.InvokeAsync(TimeOf(share));
            _dragged = null;
        }
    }

    private static int? Read(object? value) => int.TryParse(value as string, CultureInfo.InvariantCulture, out int share) ? Math.Clamp(share, 0, Parts) : null;
}
