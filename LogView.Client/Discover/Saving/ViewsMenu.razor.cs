using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Saved;
using LogView.Client.Discover.State;
using LogView.Client.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace LogView.Client.Discover.Saving;

/// <summary>Saved views: open, save, rename, share within the team, delete. Somebody else's change is never overwritten silently.</summary>
public partial class ViewsMenu
{
    /// <summary>Shorter lists are read at a glance.</summary>
    private const int FilterFrom = 8;

    private DropPanel? _drop;
    private ElementReference _name;
    private IReadOnlyList<SavedObject> _views = [];
    private SavedObject? _current;
    private SavedObject? _conflict;
    private Draft? _draft;
    private string? _problem;
    private string? _lastView;
    private string _find = "";
    private bool _isDeleting;
    private bool _isLoading;
    private bool _focusName;

    /// <summary>What is shown now.</summary>
    [Parameter, EditorRequired]
    public DiscoverState State { get; set; } = DiscoverState.Default;

    [Parameter, EditorRequired]
    public Viewer Viewer { get; set; } = default!;

    /// <summary>Somebody wants to see this.</summary>
    [Parameter]
    public EventCallback<DiscoverState> OnOpen { get; set; }

    [Inject]
    private ISavedObjects Saved { get; set; } = default!;

    [Inject]
    private IStringLocalizer<DiscoverText> Text { get; set; } = default!;

    private bool IsModified => _current is { } current && ViewContent.Read(current.Content) is { } saved && !State.IsAsSaved(saved);

    private IEnumerable<SavedObject> Found => _views.Where(v => v.Name.Contains(_find.Trim(), StringComparison.CurrentCultureIgnoreCase));

    protected override async Task OnParametersSetAsync()
    {
        if (!string.Equals(State.View, _lastView, StringComparison.Ordinal))
        {
            _lastView = State.View;
            if (!string.Equals(State.View, _current?.Id, StringComparison.Ordinal))
            {
                _current = State.View is { } id ? (await Saved.FindAsync(SavedKinds.View, id, Viewer, CancellationToken.None)).Object : null;
            }
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focusName)
        {
            _focusName = false;
            await _name.FocusAsync(preventScroll: true);
        }
    }

    private async Task LoadAsync()
    {
        (_draft, _problem, _conflict, _isDeleting, _find, _isLoading) = (null, null, null, false, "", true);
        SavedListOutcome outcome = await Saved.ListAsync(SavedKinds.View, Viewer, CancellationToken.None);
        (_views, _problem, _isLoading) = (outcome.Objects ?? [], outcome.Problem?.Message, false);
    }

    /// <summary>Shows the form for a view, or for a new one.</summary>
    private void Edit(SavedObject? view)
    {
        _draft = new Draft { Of = view, Name = view?.Name ?? "", Access = view?.Access ?? SavedAccess.View };
        (_problem, _conflict, _isDeleting, _focusName) = (null, null, false, true);
    }

    private async Task SaveAsync()
    {
        if (_draft is { Of: { } view } changed)
        {
            // Renaming is not saving: what the view shows stays as it was saved.
            await ReplaceAsync(view, changed.Name, changed.Access, view.Content);
        }
        else if (_draft is { } made)
        {
            await TakeAsync(await Saved.CreateAsync(new SavedDraft(SavedKinds.View, made.Name, made.Access, ViewContent.Write(State)), Viewer, CancellationToken.None));
        }
    }

    private async Task ReplaceAsync(SavedObject view, string name, SavedAccess access, string? content = null)
    {
        SavedDraft draft = new(SavedKinds.View, name, access, content ?? ViewContent.Write(State));
        await TakeAsync(await Saved.ReplaceAsync(view.Id, view.Version, draft, Viewer, CancellationToken.None));
    }

    private async Task TakeAsync(SavedOutcome outcome)
    {
        (_problem, _conflict, _isDeleting) = (outcome.Problem?.Message, outcome.Problem?.Current, false);
        if (outcome.Object is { } saved)
        {
            (_current, _draft) = (saved, null);
            await CloseAsync();
            await OnOpen.InvokeAsync(State with { View = saved.Id });
        }
        else if (_conflict is not null)
        {
            _draft = null;
        }
    }

    private async Task OpenAsync(SavedObject view)
    {
        if (ViewContent.Read(view.Content) is not { } state)
        {
            _problem = Text["This view cannot be read"];
            return;
        }

        _current = view;
        await CloseAsync();
        await OnOpen.InvokeAsync(state with { View = view.Id });
    }

    private async Task DeleteAsync(SavedObject view)
    {
        if (!_isDeleting)
        {
            _isDeleting = true;
            return;
        }

        SavedOutcome outcome = await Saved.DeleteAsync(SavedKinds.View, view.Id, view.Version, Viewer, CancellationToken.None);
        (_problem, _conflict, _isDeleting) = (outcome.Problem?.Message, outcome.Problem?.Current, false);
        if (outcome.Object is not null)
        {
            _current = null;
            await CloseAsync();
            await OnOpen.InvokeAsync(State with { View = null });
        }
    }

    private Task CloseAsync() => _drop?.CloseAsync() ?? Task.CompletedTask;

    private string Whose(SavedObject view) => view.Access switch
    {
        SavedAccess.Private => Text["only you"],
        _ when string.Equals(view.Owner, Viewer.Name, StringComparison.Ordinal) => Text["yours, shared"],
        _ => view.Owner,
    };

    private sealed class Draft
    {
        public SavedObject? Of { get; init; }

        public string Name { get; set; } = "";

        public SavedAccess Access { get; set; }
    }
}
