using LogView.Client.Contracts.Accounts;
using LogView.Client.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace LogView.Client.Admin;

/// <summary>Lists, makes and revokes API keys. A new key's secret lives in this page until it is put away, and nowhere else.</summary>
public sealed partial class KeysPage(IKeyAdministration administration) : ComponentBase, IDisposable
{
    private readonly Lifetime _life = new();
    private Viewer? _viewer;
    private IReadOnlyList<ApiKeyInfo> _keys = [];
    private NewKeyOutcome? _made;
    private string? _problem;

    [CascadingParameter]
    public Task<AuthenticationState>? Authentication { get; set; }

    public void Dispose()
    {
        _life.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _viewer = Authentication is null ? null : ViewerClaims.ToViewer((await Authentication).User);
        await ReloadAsync();
    }

    private async Task CreateAsync(NewKey key)
    {
        NewKeyOutcome outcome = await administration.CreateAsync(key, _viewer!, _life.Token);
        _problem = outcome.Problem;
        _made = outcome.Key is null ? _made : outcome;
        await ReloadAsync();
    }

    private async Task RevokeAsync(ApiKeyInfo key)
    {
        await administration.RevokeAsync(key.Id, _viewer!, _life.Token);
        await ReloadAsync();
    }

    private async Task ReloadAsync()
    {
        if (_viewer is { } viewer && viewer.May(Rights.Manage))
        {
            _keys = await administration.ListAsync(viewer, _life.Token);
        }
    }
}
