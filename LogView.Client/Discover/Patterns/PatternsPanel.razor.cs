using System.Globalization;
using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Run;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace LogView.Client.Discover.Patterns;

/// <summary>The patterns that the messages of the run come from: how many events each has, and when.</summary>
public partial class PatternsPanel : IDisposable
{
    private const string Field = "message";

    private PatternLoad _load = default!;
    private RunPlan? _plan;
    private string? _open;

    /// <summary>The run; another one is read anew.</summary>
    [Parameter, EditorRequired]
    public RunPlan? Plan { get; set; }

    [Parameter, EditorRequired]
    public PatternLoader Load { get; set; } = default!;

    [Parameter]
    public EventCallback<SearchFilter> OnFilter { get; set; }

    [Inject]
    private IStringLocalizer<DiscoverText> Text { get; set; } = default!;

    public void Dispose()
    {
        _load.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override void OnInitialized() => _load = new PatternLoad(() => _ = InvokeAsync(StateHasChanged));

    protected override Task OnParametersSetAsync()
    {
        if (Plan is null || ReferenceEquals(_plan, Plan))
        {
            return Task.CompletedTask;
        }

        _plan = Plan;
        return _load.ReadAsync(Load, new PatternRequest(Plan.Fields()));
    }

    private Task ReadAllAsync() => _load.ReadMoreAsync(Load, new PatternRequest(_plan!.Fields()) { Sample = PatternRequest.MaxSample });

    private Task FilterAsync(MessagePattern pattern, bool drop) => OnFilter.InvokeAsync(new SearchFilter { Field = Field, Pattern = pattern.Template, Negate = drop });

    private static string Full(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Share(long count, long all) => all == 0 ? "" : count * 100.0 / all is var share and >= 1 ? $"{share:0} %" : "<1 %";
}
