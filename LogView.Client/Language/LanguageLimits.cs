namespace LogView.Client.Language;

/// <summary>How large a query may be. Past a limit the answer is an error that names it.</summary>
public static class LanguageLimits
{
    /// <summary>Characters of a query. Longer ones are pasted by accident, or lists that belong into a filter.</summary>
    public const int MaxQueryLength = 16_384;

    /// <summary>Levels of parentheses, braces and <c>not</c>. Keeps the recursive walks over a tree far from the end of the stack.</summary>
    public const int MaxDepth = 64;

    /// <summary>Clauses of one query; Elasticsearch's own default bound on boolean clauses.</summary>
    public const int MaxClauses = 1_024;

    /// <summary>Characters of one regular expression; Elasticsearch's <c>index.max_regex_length</c>.</summary>
    public const int MaxRegexLength = 1_000;

    /// <summary>Words within which a phrase may be found (<c>"a b"~N</c>).</summary>
    public const int MaxSlop = 1_000;

    /// <summary>Edits of a fuzzy word; more match nearly everything.</summary>
    public const int MaxEdits = 2;

    /// <summary>Words of one phrase that take part in matching; one bit each.</summary>
    public const int MaxPhraseWords = 64;
}
