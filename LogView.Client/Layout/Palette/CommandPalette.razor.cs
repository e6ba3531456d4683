using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Saved;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace LogView.Client.Layout.Palette;

/// <summary>
/// Everything by its name, without a mouse: pages, saved views, commands, and whatever else is typed as a search. Opened with Ctrl+K or ⌘K.
/// </summary>
public partial class CommandPalette
{
    private const int MaxLength = 500;
    private const string DiscoverPath = "/discover";
    private const string TailPath = "/tail";

    /// <summary>More are not read: another letter narrows them.</summary>
    private const int MaxShown = 12;

    private readonly TaskCompletionSource _hasViews = new();
    private List<PaletteItem> _items = [];
    private IReadOnlyList<PaletteItem> _found = [];
    private string _typed = "";
    private string? _problem;
    private int _current;

    /// <summary>Commands of the layout, such as the theme.</summary>
    [Parameter]
    public IReadOnlyList<PaletteItem> Commands { get; set; } = [];

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    [Inject]
    private ISavedObjects Saved { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IStringLocalizer<LayoutText> Text { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        Viewer? viewer = ViewerClaims.ToViewer((await Authentication).User);
        _items = [.. Pages(viewer), .. Commands];
        Find("");
        if (viewer is null)
        {
            _hasViews.SetResult();
        }
        else
        {
            try
            {
                await AddViewsAsync(viewer);
            }
            finally
            {
                _hasViews.TrySetResult();
            }
        }
    }

    private async Task AddViewsAsync(Viewer viewer)
    {
        SavedListOutcome views = await Saved.ListAsync(SavedKinds.View, viewer, CancellationToken.None);
        _problem = views.Problem?.Message;
        _items.InsertRange(_items.Count - Commands.Count, (views.Objects ?? []).SelectMany(View));
        Find(_typed);
    }

    private static string IdOf(int index) => $"lv-palette-{index}";

    private IEnumerable<PaletteItem> Pages(Viewer? viewer)
    {
        yield return Page("Discover", DiscoverPath, Icons.Material.Rounded.Search);
        yield return Page("Live tail", TailPath, Icons.Material.Rounded.Stream);
        yield return Page("Data streams", "/admin/data-streams", Icons.Material.Rounded.Storage);
        if (viewer?.May(Rights.Manage) == true)
        {
            yield return Page("API keys", "/admin/keys", Icons.Material.Rounded.Key);
            yield return Page("Health", "/admin/health", Icons.Material.Rounded.MonitorHeart);
        }
    }

    private PaletteItem Page(string name, string address, string icon) => new(Text[name], Text["Page"], icon) { Address = address };

    private IEnumerable<PaletteItem> View(SavedObject view) => LinkContent.Read(view.Content) is { } address
        ? [new PaletteItem(view.Name, Text["Saved view"], Icons.Material.Rounded.BookmarkBorder) { Address = $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}view={Uri.EscapeDataString(view.Id)}" }]
        : [];

    private void Find(string typed)
    {
        (_typed, _current) = (typed, 0);
        IEnumerable<PaletteItem> found = PaletteMatch.Of(_items, typed).Take(MaxShown);
        _found = string.IsNullOrWhiteSpace(typed) ? [.. found] : [.. found, .. Searches(typed.Trim())];
    }

    private IEnumerable<PaletteItem> Searches(string typed)
    {
        string query = Uri.EscapeDataString(typed);
        yield return new PaletteItem(Text["Search for {0}", typed], Text["Discover"], Icons.Material.Rounded.Search) { Address = $"{DiscoverPath}?q={query}" };
        yield return new PaletteItem(Text["Follow {0}", typed], Text["Live tail"], Icons.Material.Rounded.Stream) { Address = $"{TailPath}?q={query}" };
    }

    private async Task OnKeyAsync(KeyboardEventArgs e)
    {
        if (e.Key is "ArrowDown" or "ArrowUp" && _found.Count > 0)
        {
            _current = (_current + (e.Key is "ArrowDown" ? 1 : _found.Count - 1)) % _found.Count;
        }

        if (e.Key is "Escape")
        {
            // The dialog's own listener comes later than the dialog.
            Dialog.Cancel();
        }

        if (e.Key is "Enter" && !e.IsComposing)
        {
            // A view whose name was typed faster than the views came is meant all the same.
            await _hasViews.Task;
            await (_current < _found.Count ? TakeAsync(_current) : Task.CompletedTask);
        }
    }

    private async Task TakeAsync(int index)
    {
        PaletteItem item = _found[index];
        Dialog.Close();
        if (item.Address is { } address)
        {
            Navigation.NavigateTo(address);
        }
        else if (item.Act is { } act)
        {
            await act();
        }
    }
}
