using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Saved;
using LogView.Client.Contracts.Time;
using LogView.Client.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace LogView.Client.Discover.Marking;

/// <summary>Marked moments: lists them, sets one, and shows what came since one of them. Tells the page of them, which draws them.</summary>
public partial class MarksMenu
{
    /// <summary>Marks listed; older ones are drawn where they are.</summary>
    private const int MaxListed = 12;

    private DropPanel? _drop;
    private object? _version;
    private string? _problem;
    private string _label = "";

    /// <summary>Newest first.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<TimeMark> Marks { get; set; } = [];

    [Parameter]
    public EventCallback<IReadOnlyList<TimeMark>> MarksChanged { get; set; }

    [Parameter, EditorRequired]
    public Viewer Viewer { get; set; } = default!;

    [Parameter, EditorRequired]
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>Another one: the marks are read again.</summary>
    [Parameter]
    public object? Version { get; set; }

    [Parameter]
    public EventCallback<TimeRangeExpression> OnGo { get; set; }

    [Inject]
    private ISavedObjects Saved { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IStringLocalizer<DiscoverText> Text { get; set; } = default!;

    private string Example => $$"""curl -H 'Authorization: ApiKey KEY' -H 'Content-Type: application/json' -d '{"label":"shop 1.4.2"}' {{Navigation.BaseUri}}api/v1/marks""";

    protected override async Task OnParametersSetAsync()
    {
        if (!ReferenceEquals(Version, _version))
        {
            _version = Version;
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        SavedListOutcome outcome = await Saved.ListAsync(SavedKinds.Mark, Viewer, CancellationToken.None);
        _problem = outcome.Problem?.Message;
        TimeMark[] marks =
        [
            .. (outcome.Objects ?? []).Select(o => MarkContent.Read(o.Content) is { } at ? new TimeMark(o.Name, at) : null).OfType<TimeMark>().OrderByDescending(m => m.At.UnixNanoseconds),
        ];
        if (!marks.SequenceEqual(Marks))
        {
            await MarksChanged.InvokeAsync(marks);
        }
    }

    private async Task AddAsync()
    {
        SavedDraft draft = new(SavedKinds.Mark, _label, SavedAccess.View, MarkContent.Write(Timestamp.Now(Clock)));
        SavedOutcome outcome = await Saved.CreateAsync(draft, Viewer, CancellationToken.None);
        if (outcome.Problem is { } problem)
        {
            _problem = problem.Message;
            return;
        }

        _label = "";
        await LoadAsync();
    }

    private async Task SinceAsync(TimeMark mark)
    {
        await (_drop?.CloseAsync() ?? Task.CompletedTask);
        await OnGo.InvokeAsync(new TimeRangeExpression(mark.At.ToString(), "now"));
    }
}
