namespace LogView.Client.Language.Kql;

/// <summary>A quoted or unquoted piece of a query, unescaped.</summary>
/// <param name="Text">What it says; <c>*</c> and <c>?</c> as they stand.</param>
/// <param name="Pattern">The same as a wildcard pattern: escaped <c>*</c>, <c>?</c> and <c>\</c> keep a backslash.</param>
/// <param name="IsQuoted">In double quotes.</param>
/// <param name="HasStar">Has an unescaped <c>*</c>.</param>
/// <param name="HasQuestionMark">Has an unescaped <c>?</c>.</param>
/// <param name="Start">Offset of its first character.</param>
/// <param name="End">Offset after its last character.</param>
internal readonly record struct KqlLiteral(
    string Text, string Pattern, bool IsQuoted, bool HasStar, bool HasQuestionMark, int Start, int End)
{
    public bool IsLoneStar => HasStar && Pattern is "*";

    public bool HasWildcard => HasStar || HasQuestionMark;
}
