namespace LogView.Client.Language.Kql;

/// <summary>Counts depth and clauses against <see cref="LanguageLimits"/>.</summary>
internal sealed class KqlBudget(KqlReader reader)
{
    private int _depth;
    private int _clauses;

    /// <summary>One level deeper. Only left on success: the first failure ends the parse.</summary>
    public bool TryEnter(int offset) =>
        ++_depth <= LanguageLimits.MaxDepth || Fail(offset, $"at most {LanguageLimits.MaxDepth} levels of parentheses");

    public void Leave() => _depth--;

    public bool TryCount(int offset) =>
        ++_clauses <= LanguageLimits.MaxClauses || Fail(offset, $"at most {LanguageLimits.MaxClauses} clauses");

    private bool Fail(int offset, string expected)
    {
        reader.Fail(offset, expected);
        return false;
    }
}
