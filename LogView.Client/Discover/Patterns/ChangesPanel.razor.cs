using System.Globalization;
using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Run;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace LogView.Client.Discover.Patterns;

/// <summary>New, gone, grown and shrunk patterns and values, between the window of the run and the one of the same length before.</summary>
public partial class ChangesPanel : IDisposable
{
    private PatternLoad _load = default!;
    private RunPlan? _plan;

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
        return Plan.From is null ? Task.CompletedTask : _load.ReadAsync(Load, Request());
    }

    private Task ReadAllAsync() => _load.ReadMoreAsync(Load, Request() with { Sample = PatternRequest.MaxSample });

    private PatternRequest Request() => new(_plan!.Fields()) { WithBefore = true, Size = PatternRequest.MaxPatterns };

    private static string Full(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
