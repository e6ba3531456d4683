namespace LogView.Client.Contracts.Events;

/// <summary>
/// Which string fields are text (matched by words) and which are keyword (matched whole). Decided by name alone, so that every
/// engine and every event agrees: the names shippers give to prose are text, everything else is keyword.
/// </summary>
public static class TextFields
{
    /// <summary>Searched by words and phrases that name no field.</summary>
    public static readonly IReadOnlyList<string> Defaults =
    [
        "message", "error.message", "error.stack_trace", "event.original", "event.reason",
        "msg", "log", "body", "exception", "stack_trace", "@m", "@mt", "@x", "short_message", "full_message", "MESSAGE", "text",
    ];

    private static readonly HashSet<string> Names = new(Defaults, StringComparer.Ordinal);

    /// <summary>True for the default text fields and for any path that ends in <c>.message</c>, <c>.msg</c>, <c>.stack_trace</c> or <c>.text</c>.</summary>
    public static bool IsText(string fieldName) =>
        Names.Contains(fieldName)
        || fieldName.EndsWith(".message", StringComparison.Ordinal)
        || fieldName.EndsWith(".msg", StringComparison.Ordinal)
        || fieldName.EndsWith(".stack_trace", StringComparison.Ordinal)
        || fieldName.EndsWith(".text", StringComparison.Ordinal);
}
