using LogView.Client.Contracts.Query;

namespace LogView.Client.Language.Completion;

/// <summary>Completion for the editor. Works on unfinished and broken text: what comes before the cursor decides.</summary>
public static class QueryCompletion
{
    /// <param name="text">The whole query.</param>
    /// <param name="cursor">Offset of the cursor; clamped to the text.</param>
    /// <param name="language">What it is written in.</param>
    public static CompletionContext At(string text, int cursor, QueryLanguage language = QueryLanguage.LogView)
    {
        if (text.Length > LanguageLimits.MaxQueryLength)
        {
            return new CompletionContext(CompletionKinds.None, cursor, cursor, "", "", "");
        }

        int at = Math.Clamp(cursor, 0, text.Length);
        return language == QueryLanguage.Lucene ? new LuceneCompletion(text, at).Find() : new CompletionScanner(text, at).Find();
    }
}
