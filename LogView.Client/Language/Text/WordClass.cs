using System.Globalization;
using System.Text;

namespace LogView.Client.Language.Text;

/// <summary>What a character does at word breaks; Unicode's Word_Break property cut to what is needed here.</summary>
internal enum WordClass : byte
{
    /// <summary>Ends a word.</summary>
    None,
    Letter,
    Digit,

    /// <summary>Joins letters and digits: <c>_</c> and its like (ExtendNumLet).</summary>
    Connector,

    /// <summary>Joins two letters or two digits: the apostrophes.</summary>
    Apostrophe,

    /// <summary>Joins two digits: <c>.</c> <c>,</c> <c>;</c> and their like (MidNum, MidNumLet).</summary>
    MidNumber,

    /// <summary>Belongs to the character before it: combining marks, joiners, format characters.</summary>
    Extend,

    /// <summary>Part of a script that is written without spaces between words, or where words take endings: searched as substrings.</summary>
    Run,
}

internal static class WordClasses
{
    private static readonly byte[] Ascii = [.. Enumerable.Range(0, 128).Select(c => (byte)OfAscii((char)c))];

    public static WordClass Of(char c) => c < 128 ? (WordClass)Ascii[c] : OfBmp(c);

    /// <summary>The class of the code point at the offset and how many characters it has.</summary>
    public static WordClass At(ReadOnlySpan<char> text, int at, out int width)
    {
        char c = text[at];
        width = 1;
        if (!char.IsSurrogate(c))
        {
            return Of(c);
        }

        if (Rune.DecodeFromUtf16(text[at..], out Rune rune, out int consumed) != System.Buffers.OperationStatus.Done)
        {
            return WordClass.None;
        }

        width = consumed;
        return OfSupplementary(rune.Value);
    }

    private static WordClass OfAscii(char c) => c switch
    {
        >= '0' and <= '9' => WordClass.Digit,
        (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') => WordClass.Letter,
        '_' => WordClass.Connector,
        '\'' => WordClass.Apostrophe,
        '.' or ',' or ';' => WordClass.MidNumber,
        _ => WordClass.None,
    };

    private static WordClass OfBmp(char c) => c switch
    {
        (>= '\u4E00' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7A3') or (>= '\u3041' and <= '\u3096') => WordClass.Run,
        '\u2019' or '\u2018' or '\uFF07' => WordClass.Apostrophe,
        '\uFF0E' or '\uFF0C' or '\uFF1B' or '\u2024' or '\uFE52' or '\uFE50' or '\uFE54' or '\u066C' or '\u060C' or '\u2044' => WordClass.MidNumber,
        '\u200B' or '\uFFFC' or '\uFFFD' => WordClass.None,
        '\uFF9E' or '\uFF9F' => WordClass.Extend,
        '\u3031' or '\u3032' or '\u3033' or '\u3034' or '\u3035' or '\u3005' or '\u3006' or '\u3007' or '\u303B' or '\u303C' => WordClass.Run,
        _ => IsRunScript(c) && !IsMark(c) ? WordClass.Run : OfCategory(CharUnicodeInfo.GetUnicodeCategory(c)),
    };

    /// <summary>Kana, Bopomofo, Hangul jamo, Han, and the South-East Asian scripts that need a dictionary to break.</summary>
    private static bool IsRunScript(char c) => c switch
    {
        >= '\u0E00' and <= '\u0EFF' => !char.IsDigit(c),
        >= '\u1000' and <= '\u109F' => !char.IsDigit(c),
        >= '\u1100' and <= '\u11FF' => true,
        >= '\u1780' and <= '\u17D3' => true,
        >= '\u309B' and <= '\u318F' => c != '\u30FB' && c != '\u30A0',
        >= '\u31A0' and <= '\u31BF' => true,
        >= '\u31F0' and <= '\u31FF' => true,
        >= '\u3400' and <= '\u4DBF' => true,
        >= '\uA960' and <= '\uA97C' => true,
        >= '\uD7B0' and <= '\uD7FB' => true,
        >= '\uF900' and <= '\uFAFF' => true,
        >= '\uFF66' and <= '\uFFDC' => true,
        _ => false,
    };

    private static bool IsMark(char c) =>
        CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    private static WordClass OfSupplementary(int codePoint)
    {
        if (codePoint is (>= 0x20000 and <= 0x3FFFF) or (>= 0x1AFF0 and <= 0x1B2FF))
        {
            return WordClass.Run;
        }

        return codePoint is >= 0x1F3FB and <= 0x1F3FF ? WordClass.Extend : OfCategory(CharUnicodeInfo.GetUnicodeCategory(codePoint));
    }

    private static WordClass OfCategory(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber => WordClass.Letter,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.OtherNumber => WordClass.Digit,
        UnicodeCategory.ConnectorPunctuation => WordClass.Connector,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.Format => WordClass.Extend,
        UnicodeCategory.OtherSymbol => WordClass.Run,
        _ => WordClass.None,
    };
}
