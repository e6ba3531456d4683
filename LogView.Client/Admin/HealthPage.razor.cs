using System.Globalization;
using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Health;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace LogView.Client.Admin;

/// <summary>How LogView itself is: what is damaged and what to do, and how far followed files were read. Looks again by itself.</summary>
public sealed partial class HealthPage(IServerHealth health, TimeProvider clock) : ComponentBase, IDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(3);

    private ITimer? _timer;
    private Viewer? _viewer;
    private HealthReport? _report;
    private IReadOnlyList<FollowedFile> _files = [];

    [CascadingParameter]
    public Task<AuthenticationState>? Authentication { get; set; }

    public void Dispose() => _timer?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _viewer = Authentication is null ? null : ViewerClaims.ToViewer((await Authentication).User);
        Look();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _timer = clock.CreateTimer(state => _ = InvokeAsync(Refresh), null, LookAgain, LookAgain);
        }
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private void Refresh()
    {
        Look();
        StateHasChanged();
    }

    private void Look()
    {
        if (_viewer is { } viewer)
        {
            (_report, _files) = (health.Report, health.Files(viewer));
        }
    }
}
