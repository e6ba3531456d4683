using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.DataStreams;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace LogView.Client.Admin;

/// <summary>What is stored, how fast it grows and how long it is kept; the numbers renew themselves. Administrators change retention and delete.</summary>
public sealed partial class DataStreamsPage(IDataStreamAdministration administration, TimeProvider clock) : ComponentBase, IDisposable
{
    private const int ShownProblems = 5;

    /// <summary>Often enough for an ingest rate over a minute.</summary>
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(5);

    private readonly Lifetime _life = new();
    private ITimer? _timer;
    private Viewer? _viewer;
    private DataStreamList? _list;
    private string? _problem;
    private string? _unavailable;

    [CascadingParameter]
    public Task<AuthenticationState>? Authentication { get; set; }

    private bool MayManage => _viewer?.May(Rights.Manage) == true;

    public void Dispose()
    {
        _timer?.Dispose();
        _life.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _viewer = Authentication is null ? null : ViewerClaims.ToViewer((await Authentication).User);
        await ReloadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _timer = clock.CreateTimer(_ => _ = InvokeAsync(RenewAsync), null, RenewEvery, RenewEvery);
        }
    }

    private async Task RenewAsync()
    {
        try
        {
            await ReloadAsync();
            StateHasChanged();
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The page is gone.
        }
    }

    private async Task SetRetentionAsync((DataStreamName Name, Retention? Retention) change)
    {
        _problem = await TryAsync(() => administration.SetRetentionAsync(change.Name, change.Retention, _viewer!, _life.Token));
        await ReloadAsync();
    }

    private async Task DeleteAsync(DataStreamName name)
    {
        _problem = await TryAsync(async () =>
        {
            await administration.DeleteAsync(name, _viewer!, _life.Token);
            return null;
        });
        await ReloadAsync();
    }

    private static async Task<string?> TryAsync(Func<Task<string?>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is IOException or SearchUnavailableException)
        {
            return e.Message;
        }
    }

    private async Task ReloadAsync()
    {
        if (_viewer is { } viewer)
        {
            try
            {
                _list = await administration.ListAsync(viewer, _life.Token);
                _unavailable = null;
            }
            catch (SearchUnavailableException e)
            {
                // What was known stays; the next renewal asks again.
                _unavailable = e.Message;
            }
        }
    }
}
