using System.Globalization;
using LogView.Client.Contracts.Search;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace LogView.Client.Discover.Fields;

/// <summary>One field of the list; opened, its top values and, for numbers, statistics.</summary>
public partial class FieldItem : IDisposable
{
    private bool _open;
    private object? _version;
    private FieldDetail? _detail;
    private CancellationTokenSource? _loading;

    [Parameter, EditorRequired]
    public FieldInfo Field { get; set; } = default!;

    /// <summary>Events the coverage was counted over.</summary>
    [Parameter]
    public long Sampled { get; set; }

    [Parameter]
    public bool IsColumn { get; set; }

    [Parameter]
    public bool IsPinned { get; set; }

    [Parameter]
    public EventCallback<string> OnTogglePin { get; set; }

    [Parameter, EditorRequired]
    public FieldDetailLoader Load { get; set; } = default!;

    [Parameter]
    public object? Version { get; set; }

    [Parameter]
    public EventCallback<SearchFilter> OnFilter { get; set; }

    [Parameter]
    public EventCallback<string> OnToggleColumn { get; set; }

    [Inject]
    private IStringLocalizer<DiscoverText> Text { get; set; } = default!;

    private string TypeTitle => Text[Field.Type.ToString()];

    private string ColumnLabel => IsColumn ? Text["Remove the column {0}", Field.Name] : Text["Add {0} as a column", Field.Name];

    private string Coverage => Sampled == 0 || Field.Events == 0 ? "" : Field.Events >= Sampled ? "100 %" : Field.Events < 0.01 * Sampled ? "<1 %" : $"{Math.Min(100.0 * Field.Events / Sampled, 99):0} %";

    public void Dispose()
    {
        _loading?.Cancel();
        _loading?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override Task OnParametersSetAsync()
    {
        bool renewed = !Equals(_version, Version);
        _version = Version;
        return _open && renewed ? LoadAsync() : Task.CompletedTask;
    }

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private IEnumerable<(string Name, double? Value)> Statistics(FieldStatistics numbers) =>
    [
        (Text["min"], numbers.Min), (Text["avg"], numbers.Avg), (Text["max"], numbers.Max),
        .. numbers.Percentiles.OrderBy(p => p.Key).Select(p => ("p" + p.Key.ToString(CultureInfo.InvariantCulture), p.Value)),
    ];

    /// <summary>Estimates say so.</summary>
    private string Distinct(MetricResult distinct) => distinct is { Value: 1, RelativeError: 0 }
        ? Text["1 value"]
        : Text["{0} different values", (distinct.RelativeError > 0 ? "≈ " : "") + Count((long)Math.Round(distinct.Value ?? 0))];

    private Task ToggleAsync()
    {
        _open = !_open;
        return _open ? LoadAsync() : Task.CompletedTask;
    }

    private async Task LoadAsync()
    {
        if (_loading is not null)
        {
            await _loading.CancelAsync();
            _loading.Dispose();
        }

        _loading = new CancellationTokenSource();
        CancellationToken token = _loading.Token;
        try
        {
            FieldDetail detail = await Load(Field, token);
            _detail = token.IsCancellationRequested ? _detail : detail;
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // A newer load, or nobody looks any more.
            return;
        }
    }

    private Task FilterAsync(string value, bool not) => OnFilter.InvokeAsync(new SearchFilter { Field = Field.Name, Is = value, Negate = not });

    private double Share(long count) => _detail?.Values is { EventsWithField: > 0 and var all } ? Math.Min(1.0, (double)count / all) : 0;

    private string Percent(long count) => Share(count) is var share and > 0 and < 0.01 ? "<1 %" : $"{100 * Share(count):0} %";

    private string Part(long count) => Share(count).ToString("0.###", CultureInfo.InvariantCulture);
}
