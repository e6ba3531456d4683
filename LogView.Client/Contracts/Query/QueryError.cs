namespace LogView.Client.Contracts.Query;

/// <summary>Why a text is not a query: a value, never an exception.</summary>
/// <param name="Offset">First wrong character, from 0, in UTF-16 units of the text.</param>
/// <param name="Length">How many characters to underline, at least 1 unless at the end.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 units.</param>
/// <param name="Expected">What would have been right there: <c>a value after ':'</c>.</param>
/// <param name="Found">What stands there instead: <c>')'</c>, <c>end</c>.</param>
/// <param name="Suggestion">The whole query as it may have been meant, or null.</param>
public sealed record QueryError(int Offset, int Length, int Line, int Column, string Expected, string Found, string? Suggestion = null)
{
    public override string ToString() => $"{Line}:{Column} expected {Expected}, found {Found}";
}

public enum QueryLanguage : byte
{
    /// <summary>KQL, widened; docs/query-language.md.</summary>
    LogView,

    /// <summary>Lucene query string syntax with Elasticsearch's extensions.</summary>
    Lucene,
}
