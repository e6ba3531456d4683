using System.Buffers;
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

    private const int UsualWordLength = 64;

    private const char Blank = '\u0001';

    /// <summary>True when <see cref="Indices.IndexTemplate.TextAnalyzer"/> cuts the text into LogView's words.</summary>
    public static bool IsPlain(string text) => text.Length <= MaxWordLength && Ascii.IsValid(text);

    /// <summary>The tokens of a text; null when a word is too long for an index.</summary>
    public static string? Of(string text)
    {
        var tokens = new StringBuilder(text.Length + text.Length / 4);
        char[] buffer = ArrayPool<char>.Shared.Rent(TextFolding.MaxLength(UsualWordLength));
        try
        {
            bool lastWasRun = false;
            foreach (Word word in Words.Enumerate(text))
            {
                if (buffer.Length < TextFolding.MaxLength(word.Length))
                {
                    ArrayPool<char>.Shared.Return(buffer);
                    buffer = ArrayPool<char>.Shared.Rent(TextFolding.MaxLength(word.Length));
                }

                ReadOnlySpan<char> folded = buffer.AsSpan(0, TextFolding.Fold(text.AsSpan(word.Start, word.Length), buffer));
                if (folded.Length > MaxWordLength)
                {
                    return null;
                }

                if (word.IsRun)
                {
                    tokens.Append(lastWasRun ? "| " : "").Append(Run(folded.ToString())).Append(' ');
                }
                else
                {
                    tokens.Append('w');
                    Join(folded, tokens);
                    tokens.Append(' ');
                }

                lastWasRun = word.IsRun;
            }
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }

        return tokens.ToString();
    }

    public static string Single(string folded)
    {
        var token = new StringBuilder("w", folded.Length + 1);
        Join(folded, token);
        return token.ToString();
    }

    /// <summary>The tokens of a run or a piece of one; a phrase where there are several.</summary>
    public static string Run(string folded)
    {
        var tokens = new StringBuilder(folded.Length * 3);
        Span<char> characters = stackalloc char[2];
        foreach (Rune rune in folded.EnumerateRunes())
        {
            tokens.Append(tokens.Length > 0 ? " r" : "r");
            Join(characters[..rune.EncodeToUtf16(characters)], tokens);
        }

        return tokens.ToString();
    }

    /// <summary>A few characters fold to several with a space between.</summary>
    private static void Join(ReadOnlySpan<char> folded, StringBuilder tokens)
    {
        int start = tokens.Length;
        tokens.Append(folded);
        for (int i = 0; i < folded.Length; i++)
        {
            if (char.IsWhiteSpace(folded[i]) || folded[i] is >= '\u001C' and <= '\u001F')
            {
                tokens[start + i] = Blank;
            }
        }
    }
}
