using LogView.Client.Contracts.Events;

namespace LogView.Client.Shared;

/// <summary>The fixed colours of levels, as names in <c>css/tokens.css</c>. Always shown with the level's name: never colour alone.</summary>
public static class LevelColors
{
    /// <summary>Most severe first, the unknown level last: the order of stacks and legends.</summary>
    public static readonly IReadOnlyList<Severity> Order =
        [Severity.Fatal, Severity.Error, Severity.Warn, Severity.Info, Severity.Debug, Severity.Trace, Severity.Unknown];

    /// <summary>Class that sets <c>--lv-level</c> for everything inside: <c>lv-level-error</c>.</summary>
    public static string CssClass(Severity severity) => "lv-level-" + Name(severity);

    /// <summary>Custom property: <c>--lv-level-error</c>.</summary>
    public static string CssVariable(Severity severity) => "--lv-level-" + Name(severity);

    /// <summary><c>error</c>; <c>unknown</c> for no level.</summary>
    public static string Name(Severity severity) => severity.ToLevel() ?? "unknown";

    public static bool IsError(Severity severity) => severity >= Severity.Error;
}
