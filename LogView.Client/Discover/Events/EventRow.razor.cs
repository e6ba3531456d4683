using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Lines;
using LogView.Client.Shared;
using Microsoft.AspNetCore.Components;

namespace LogView.Client.Discover.Events;

/// <summary>One event in one line. Drawn anew only when its event, place, selection or look changed.</summary>
public partial class EventRow
{
    private (Hit? Hit, int Index, bool Selected, RowLook? Look, RowRun? Run, int? Active) _drawn;
    private int _timesColumn = -1;
    private Severity _severity;
    private string _level = "";

    [Parameter, EditorRequired]
    public Hit Hit { get; set; } = default!;

    /// <summary>Position in the result; of a line around an event, its number among them.</summary>
    [Parameter, EditorRequired]
    public int Index { get; set; }

    /// <summary>It stands around an event, not for a row of the result.</summary>
    [Parameter]
    public bool IsAside { get; set; }

    /// <summary>Why it stands there; null for a row of the result.</summary>
    [Parameter]
    public string? AsideTitle { get; set; }

    [Parameter]
    public bool IsSelected { get; set; }

    [Parameter, EditorRequired]
    public RowLook Look { get; set; } = default!;

    [Parameter]
    public string? MoreTitle { get; set; }

    /// <summary>The run the row is in; null: none.</summary>
    [Parameter]
    public RowRun? Run { get; set; }

    /// <summary>What the count of the run means; null: it stands at another row, or there is none.</summary>
    [Parameter]
    public string? RunTitle { get; set; }

    /// <summary>Column of the value that keys act on; -1: the level; null: none.</summary>
    [Parameter]
    public int? ActiveValue { get; set; }

    internal static string ValueId(string rowId, int column) => $"{rowId}-{column}";

    internal static string RowId(int index) => $"event-{index}";

    protected override void OnParametersSet()
    {
        _timesColumn = Run is null || Look.Columns.Contains("message", StringComparer.Ordinal) ? -1 : Look.Columns.Count - 1;
        string level = Hit.Fields.First("log.level").ToString();
        _severity = Severities.Parse(level);
        _level = _severity == Severity.Unknown ? level : LevelColors.Name(_severity);
    }

    private string? Active(int column) => ActiveValue == column ? "lv-active" : null;

    private string? Id(int column) => ActiveValue == column ? ValueId(RowId(Index), column) : null;

    protected override bool ShouldRender()
    {
        var now = (Hit, Index, IsSelected, Look, Run, ActiveValue);
        bool changed = !(ReferenceEquals(_drawn.Hit, Hit) && _drawn.Index == Index && _drawn.Selected == IsSelected && ReferenceEquals(_drawn.Look, Look) && _drawn.Run == Run && _drawn.Active == ActiveValue);
        _drawn = now;
        return changed;
    }
}
