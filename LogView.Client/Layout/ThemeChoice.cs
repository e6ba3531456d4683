namespace LogView.Client.Layout;

/// <summary>What the viewer chose (<c>system</c>, <c>dark</c>, <c>light</c>) and what it comes to. Kept in a cookie, so that the first paint is right.</summary>
public sealed record ThemeChoice(string Choice, bool IsDark)
{
    /// <summary>Also read and written by <c>js/theme.js</c>: <c>choice.resolved</c>.</summary>
    public const string CookieName = "logview-theme";

    public static readonly IReadOnlyList<string> Choices = ["system", "dark", "light"];

    public string Resolved => IsDark ? "dark" : "light";

    /// <summary>Dark for a missing or unknown cookie: <c>js/theme.js</c> corrects it before the first paint.</summary>
    public static ThemeChoice FromCookie(string? cookie)
    {
        string[] parts = (cookie ?? "").Split('.');
        string choice = Choices.Contains(parts[0], StringComparer.Ordinal) ? parts[0] : "system";
        string resolved = choice is "system" && parts.Length > 1 ? parts[1] : choice;
        return new ThemeChoice(choice, IsDark: resolved is not "light");
    }

    /// <summary>The choice after this one in the toggle's round.</summary>
    public string Next() => Choice switch { "system" => "dark", "dark" => "light", _ => "system" };
}
