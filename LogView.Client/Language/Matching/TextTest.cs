namespace LogView.Client.Language.Matching;

/// <summary>A text matches when any of the matchers does. A query without words (only punctuation) is looked for as it stands.</summary>
internal sealed class TextTest(TextMatcher[] matchers, string literal)
{
    /// <summary>Any of them suffices; none when the query has no word.</summary>
    public IReadOnlyList<TextMatcher> Matchers => matchers;

    public static TextTest Phrase(string text, int slop) => new(TextQueries.Phrase(text, slop) is { } phrase ? [phrase] : [], text);

    public static TextTest Term(string text) => new(TextQueries.Pieces(text), text);

    public static TextTest Wildcard(string pattern) => new(TextQueries.Patterns(pattern), pattern);

    public static TextTest Fuzzy(string text, int maxEdits) => new(TextQueries.Fuzzy(text, maxEdits) is { } fuzzy ? [fuzzy] : [], text);

    public bool Matches(string text)
    {
        foreach (TextMatcher matcher in matchers)
        {
            if (matcher.IsMatch(text))
            {
                return true;
            }
        }

        return matchers.Length == 0 && literal.Length > 0 && text.Contains(literal, StringComparison.OrdinalIgnoreCase);
    }
}
