namespace LogView.Client.Layout;

/// <summary>The languages of the pages.</summary>
public static class Languages
{
    /// <summary>Code (ISO 639-1) and name in the language itself.</summary>
    public static readonly IReadOnlyList<(string Code, string Name)> All = [("en", "English"), ("ko", "한국어")];
}
