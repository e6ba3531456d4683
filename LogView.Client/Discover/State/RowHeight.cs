namespace LogView.Client.Discover.State;

/// <summary>How much of an event a row shows. Rows of one height each: any of a million is found without measuring those before it.</summary>
public enum RowHeight : byte
{
    /// <summary>One line.</summary>
    Usual,

    /// <summary>One line, closer together.</summary>
    Compact,

    /// <summary>Wrapped, up to three lines.</summary>
    Three,

    /// <summary>Wrapped, up to eight lines.</summary>
    Eight,
}

/// <summary>Row heights as words of an address.</summary>
public static class RowHeights
{
    private static readonly Dictionary<string, RowHeight> Words = new(StringComparer.Ordinal) { ["compact"] = RowHeight.Compact, ["3"] = RowHeight.Three, ["8"] = RowHeight.Eight };

    /// <summary>Null for the usual one.</summary>
    public static string? Write(RowHeight height) => Words.FirstOrDefault(w => w.Value == height).Key;

    public static RowHeight Read(string? text) => text is not null && Words.TryGetValue(text, out RowHeight height) ? height : RowHeight.Usual;

    /// <summary>Lines of a message that fit.</summary>
    public static int Lines(RowHeight height) => height switch { RowHeight.Three => 3, RowHeight.Eight => 8, _ => 1 };

    public static string CssClass(RowHeight height) => height switch
    {
        RowHeight.Compact => "lv-rows-compact",
        RowHeight.Three => "lv-rows-3",
        RowHeight.Eight => "lv-rows-8",
        _ => "",
    };
}
