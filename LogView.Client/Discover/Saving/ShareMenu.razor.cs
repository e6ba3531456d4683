using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Saved;
using LogView.Client.Contracts.Search;
using LogView.Client.Discover.State;
using LogView.Client.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace LogView.Client.Discover.Saving;

/// <summary>Short links to what is shown: frozen, moving with time, or to one line.</summary>
public partial class ShareMenu : IAsyncDisposable
{
    private JsModule? _module;
    private string? _link;
    private string? _problem;
    private bool _isCopied;

    /// <summary>What is shown.</summary>
    [Parameter, EditorRequired]
    public DiscoverState State { get; set; } = DiscoverState.Default;

    /// <summary>The same with the time range and zone it was searched in.</summary>
    [Parameter, EditorRequired]
    public DiscoverState Frozen { get; set; } = DiscoverState.Default;

    /// <summary>In which times are shown.</summary>
    [Parameter, EditorRequired]
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    [Parameter]
    public Hit? Selected { get; set; }

    [Parameter, EditorRequired]
    public Viewer Viewer { get; set; } = default!;

    [Inject]
    private ISavedObjects Saved { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [Inject]
    private IStringLocalizer<DiscoverText> Text { get; set; } = default!;

    [Inject]
    private IStringLocalizer<SharedText> Shared { get; set; } = default!;

    public async ValueTask DisposeAsync()
    {
        if (_module is not null)
        {
            await _module.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    private void Clear() => (_link, _problem, _isCopied) = (null, null, false);

    /// <summary>Without a store for links the long address does the same.</summary>
    private async Task CopyAsync(DiscoverState state)
    {
        string address = DiscoverUrl.Write(state);
        SavedOutcome outcome = await Saved.LinkAsync(address, Viewer, CancellationToken.None);
        _problem = outcome.Problem?.Message;
        _link = Navigation.ToAbsoluteUri(outcome.Object is { } link ? LinkContent.Path + link.Id : address).AbsoluteUri;
        _module ??= new JsModule(Js, "Shared/CopyButton.razor.js");
        _isCopied = await _module.InvokeAsync<bool>("copy", _link);
    }
}
