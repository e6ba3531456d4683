using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Setup;
using LogView.Client.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace LogView.Client.Discover.Empty;

/// <summary>A store without a single event: how to get the first ones.</summary>
public partial class EmptyStore : IDisposable
{
    private readonly Lifetime _life = new();
    private FirstRunOffer _offer = default!;
    private bool _mayManage;
    private string? _running;
    private string? _message;
    private bool _failed;

    [Parameter, EditorRequired]
    public Viewer Viewer { get; set; } = default!;

    /// <summary>Events are coming.</summary>
    [Parameter]
    public EventCallback OnStarted { get; set; }

    /// <summary>True while first events are being made or read, false when that ended.</summary>
    [Parameter]
    public EventCallback<bool> OnStarting { get; set; }

    [Inject]
    private IFirstRun FirstRun { get; set; } = default!;

    [Inject]
    private IStringLocalizer<DiscoverText> Text { get; set; } = default!;

    public void Dispose()
    {
        _life.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override void OnParametersSet() => (_offer, _mayManage) = (FirstRun.Offer, Viewer.May(Rights.Manage));

    private Task StartDemoAsync() => StartAsync(Text["Making events…"], FirstRun.StartDemoAsync);

    private Task FollowVarLogAsync() => StartAsync(Text["Reading /var/log…"], FirstRun.FollowVarLogAsync);

    private async Task StartAsync(string doing, Func<Viewer, CancellationToken, Task<FirstRunOutcome>> start)
    {
        (_running, _message, _failed) = (doing, null, false);
        await OnStarting.InvokeAsync(true);
        try
        {
            FirstRunOutcome outcome = await start(Viewer, _life.Token);
            (_running, _message, _failed) = (null, outcome.Message, !outcome.Started);
            if (outcome.Started)
            {
                await OnStarted.InvokeAsync();
            }
        }
        catch (OperationCanceledException) when (_life.IsOver)
        {
            _running = null;
        }
        finally
        {
            await OnStarting.InvokeAsync(false);
        }
    }
}
