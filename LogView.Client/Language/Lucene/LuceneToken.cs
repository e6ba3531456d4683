namespace LogView.Client.Language.Lucene;

internal enum LuceneTokenKind : byte
{
    End,
    And,
    Or,
    Not,
    Plus,
    Minus,

    /// <summary>An operator with white space behind it is a word.</summary>
    BareOperator,
    Open,
    Close,
    Colon,
    Caret,
    Quoted,
    Term,
    Fuzzy,
    Prefix,
    Wildcard,
    Regex,
    RangeOpen,
    Number,
    RangeTo,
    RangeClose,
    RangeText,
    RangeQuoted,

    /// <summary>Starts something that never ends, or cannot start anything.</summary>
    Invalid,
}

/// <param name="Kind">What it is.</param>
/// <param name="Start">Offset of its first character.</param>
/// <param name="Image">Its characters, escapes as they stand.</param>
internal readonly record struct LuceneToken(LuceneTokenKind Kind, int Start, string Image);
