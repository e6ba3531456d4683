using System.Text;
using LogView.Client.Language.Text;

namespace LogView.Server.Storage.Elastic.Writing;

/// <summary>
/// LogView's words as text that the cluster splits at spaces, so that words are the same on every engine whatever analysis a server has: a word is
/// <c>w</c> and its folded form; each character of a run (CJK and its like) is a token <c>r</c> and the character, so that a phrase of them is a substring;
/// <c>|</c> stands between two runs.
/// </summary>
internal static class WordTokens
{
    /// <summary>Characters of a word that is indexed; Lucene refuses terms above 32,766 bytes.</summary>
    public const int MaxWordLength = 8_000;

    private const char Blank = '\u0001';

    /// <summary>The tokens of a text; null when a word is too long for an index.</summary>
    public static string? Of(string text)
    {
        var tokens = new StringBuilder(text.Length + text.Length / 4);
        bool lastWasRun = false;
        foreach (Word word in Words.Enumerate(text))
        {
            string folded = TextFolding.Fold(text.Substring(word.Start, word.Length));
            if (folded.Length > MaxWordLength)
            {
                return null;
            }

            if (word.IsRun)
            {
                tokens.Append(lastWasRun ? "| " : "").Append(Run(folded)).Append(' ');
            }
            else
            {
                tokens.Append(Single(folded)).Append(' ');
            }

            lastWasRun = word.IsRun;
        }

        return tokens.ToString();
    }

    public static string Single(string folded) => "w" + Joined(folded);

    /// <summary>The tokens of a run or a piece of one; a phrase where there are several.</summary>
    public static string Run(string folded)
    {
        var tokens = new StringBuilder(folded.Length * 3);
        foreach (Rune rune in folded.EnumerateRunes())
        {
            tokens.Append(tokens.Length > 0 ? " r" : "r").Append(Joined(rune.ToString()));
        }

        return tokens.ToString();
    }

    /// <summary>A few characters fold to several with a space between.</summary>
    private static string Joined(string folded)
    {
        foreach (char c in folded)
        {
            if (char.IsWhiteSpace(c) || c is >= '\u001C' and <= '\u001F')
            {
                return string.Concat(folded.Select(f => char.IsWhiteSpace(f) || f is >= '\u001C' and <= '\u001F' ? Blank : f));
            }
        }

        return folded;
    }
}
