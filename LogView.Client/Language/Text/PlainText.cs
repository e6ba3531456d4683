using System.Buffers;
using System.Text;

namespace LogView.Client.Language.Text;

/// <summary>
/// Texts of characters that fold one by one and have no combining marks: ASCII, Hangul syllables, Han, kana and their punctuation.
/// In them a folded needle can be searched in the raw text, which is many times faster than breaking it into words.
/// </summary>
internal static class PlainText
{
    private static readonly SearchValues<char> Characters = SearchValues.Create(
        [.. Range('\0', '\u007F'), .. Range('\u3001', '\u3003'), .. Range('\u3008', '\u3011'), .. Range('\u3041', '\u3096'), .. Range('\u30A1', '\u30FC'),
         .. Range('\u4E00', '\u9FFF'), .. Range('\uAC00', '\uD7A3'), '\u2018', '\u2019', '\u201C', '\u201D']);

    public static bool Is(ReadOnlySpan<char> text) => Ascii.IsValid(text) || !text.ContainsAnyExcept(Characters);

    private static IEnumerable<char> Range(char first, char last)
    {
        for (int c = first; c <= last; c++)
        {
            yield return (char)c;
        }
    }
}
