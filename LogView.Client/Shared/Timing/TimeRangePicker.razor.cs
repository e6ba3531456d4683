using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Time;
using LogView.Client.Language;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace LogView.Client.Shared.Timing;

/// <summary>Quick, relative, absolute and recent time ranges, and the zone all times are shown in.</summary>
public partial class TimeRangePicker : IAsyncDisposable
{
    private DropPanel? _drop;
    private JsModule? _module;
    private IReadOnlyList<TimeRangeExpression> _recent = [];
    private string _from = "";
    private string _to = "";
    private string _zone = "";
    private string? _zoneProblem;
    private DateMathResult _fromResult = new(null, null);
    private DateMathResult _toResult = new(null, null);

    [Parameter, EditorRequired]
    public TimeChoice Value { get; set; } = new(TimeRangeExpression.Last15Minutes, null);

    [Parameter]
    public EventCallback<TimeChoice> ValueChanged { get; set; }

    /// <summary>IANA name of the browser's zone.</summary>
    [Parameter]
    public string BrowserZone { get; set; } = "UTC";

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private IStringLocalizer<SharedText> Strings { get; set; } = default!;

    private string ZoneName => Value.Zone ?? BrowserZone;

    private TimeZoneInfo Zone => ZoneTime.Zone(ZoneName);

    /// <summary>The zone in the form: what is typed there is meant in it.</summary>
    private TimeZoneInfo TypedZone => _zoneProblem is not null ? Zone : ZoneTime.Zone(_zone.Length == 0 ? BrowserZone : _zone);

    private string Words => TimeRangeWords.Describe(Value.Range, Zone, Strings);

    private string? FromProblem => _fromResult.Error;

    private string? ToProblem => _toResult.Error
        ?? (_fromResult.Value is { } from && _toResult.Value is { } to && to < from ? Strings["before the start"].Value : null);

    private string FromMeans => Means(_fromResult, Strings["the oldest event"]);

    private string ToMeans => Means(_toResult, Strings["the newest event"]);

    private bool HasProblem => FromProblem is not null || ToProblem is not null || _zoneProblem is not null;

    public async ValueTask DisposeAsync()
    {
        if (_module is not null)
        {
            await _module.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    private async Task LoadAsync()
    {
        (_zone, _zoneProblem) = (Value.Zone ?? "", null);
        SetFrom(Shown(Value.Range.From));
        SetTo(Shown(Value.Range.To));
        _module ??= new JsModule(Js, "Shared/Timing/TimeRangePicker.razor.js");
        string?[][]? recent = await _module.InvokeAsync<string?[][]>("recent");
        _recent = [.. (recent ?? []).Where(r => r.Length == 2).Select(r => new TimeRangeExpression(r[0], r[1]))];
    }

    private void SetFrom(string? text)
    {
        _from = text ?? "";
        _fromResult = Resolve(_from, roundUp: false);
    }

    private void SetTo(string? text)
    {
        _to = text ?? "";
        _toResult = Resolve(_to, roundUp: !_to.Contains(':', StringComparison.Ordinal));
    }

    /// <summary>Ends that nobody touched stay the instants they are; what was typed is meant in the new zone.</summary>
    private void SetZone(string text)
    {
        (bool keepsFrom, bool keepsTo) = (IsUntouched(_from, Value.Range.From), IsUntouched(_to, Value.Range.To));
        (_zone, _zoneProblem) = (text, ZoneNames.IsKnown(text) ? null : Strings["no such time zone"].Value);
        SetFrom(keepsFrom ? Shown(Value.Range.From) : _from);
        SetTo(keepsTo ? Shown(Value.Range.To) : _to);
    }

    /// <summary>At once, unless a range was typed: that is applied together with it.</summary>
    private Task TakeZoneAsync(string? zone)
    {
        if (IsUntouched(_from, Value.Range.From) && IsUntouched(_to, Value.Range.To))
        {
            return ChangeAsync(Value with { Zone = zone });
        }

        SetZone(zone ?? "");
        return Task.CompletedTask;
    }

    private Task TakeAsync(TimeRangeExpression range) => ChangeAsync(Value with { Range = range });

    private async Task ApplyAsync()
    {
        if (HasProblem)
        {
            return;
        }

        var range = new TimeRangeExpression(
            IsUntouched(_from, Value.Range.From) ? Value.Range.From : Kept(_from, _fromResult), IsUntouched(_to, Value.Range.To) ? Value.Range.To : Kept(_to, _toResult));
        await ChangeAsync(new TimeChoice(range, _zone.Length == 0 ? null : _zone));
    }

    private async Task ChangeAsync(TimeChoice choice)
    {
        if (_drop is not null)
        {
            await _drop.CloseAsync();
        }

        if (choice.Range != Value.Range && _module is not null && !QuickRanges.Items.Any(q => q.Range == choice.Range))
        {
            await _module.InvokeVoidAsync("remember", choice.Range.From, choice.Range.To);
        }

        await ValueChanged.InvokeAsync(choice);
    }

    private DateMathResult Resolve(string text, bool roundUp) =>
        text.Trim().Length == 0 ? new DateMathResult(null, null) : DateMath.Resolve(text.Trim(), Timestamp.Now(Clock), TypedZone, roundUp);

    private string Means(DateMathResult result, string open) => result.Value is { } instant ? ZoneTime.Full(instant, TypedZone)[..23] : open;

    /// <summary>Instants are shown in the chosen zone, date math as it is.</summary>
    private string Shown(string? end) => ZoneTime.Instant(end) is { } instant ? ZoneTime.Full(instant, TypedZone)[..23] : end ?? "";

    /// <summary>To the nanosecond as it was, though less of it is shown.</summary>
    private bool IsUntouched(string text, string? end) => string.Equals(text, Shown(end), StringComparison.Ordinal);

    /// <summary>Date math stays relative; a local time becomes an instant, so that a shared address means the same everywhere.</summary>
    private static string? Kept(string text, DateMathResult result) =>
        text.Trim() is not { Length: > 0 } typed ? null : typed.StartsWith("now", StringComparison.Ordinal) ? typed : result.Value?.ToString();
}
