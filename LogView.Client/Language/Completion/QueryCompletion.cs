namespace LogView.Client.Language.Completion;

/// <summary>Completion for the editor. Works on unfinished and broken text: what comes before the cursor decides.</summary>
public static class QueryCompletion
{
    /// <param name="text">The whole query.</param>
    /// <param name="cursor">Offset of the cursor; clamped to the text.</param>
    public static CompletionContext At(string text, int cursor) =>
        text.Length > LanguageLimits.MaxQueryLength
            ? new CompletionContext(CompletionKinds.None, cursor, cursor, "", "", "")
            : new CompletionScanner(text, Math.Clamp(cursor, 0, text.Length)).Find();
}
