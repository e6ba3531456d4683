using System.Buffers;
using System.Globalization;
using System.Text;

namespace LogView.Client.Language.Text;

/// <summary>
/// Makes texts that read the same equal: case, width (<c>Ａ</c> = <c>A</c>, <c>ｱ</c> = <c>ア</c>) and Unicode form (NFC = NFD). It is NFKC and simple
/// case folding without invisible format characters; accents stay (<c>é</c> is not <c>e</c>). Folding twice changes nothing more.
/// </summary>
public static class TextFolding
{
    /// <summary>Most characters one character becomes under NFKC (U+FDFA).</summary>
    private const int MaxExpansion = 18;

    public static string Fold(string text)
    {
        if (IsFolded(text))
        {
            return text;
        }

        char[] buffer = ArrayPool<char>.Shared.Rent(MaxLength(text.Length));
        string folded = new(buffer, 0, Fold(text, buffer));
        ArrayPool<char>.Shared.Return(buffer);
        return folded;
    }

    /// <summary>Room that <see cref="Fold(ReadOnlySpan{char}, Span{char})"/> may need for so many characters.</summary>
    public static int MaxLength(int length) => length * MaxExpansion;

    /// <summary>Folds into the destination of at least <see cref="MaxLength"/> characters and answers how many it took. Allocates nothing.</summary>
    public static int Fold(ReadOnlySpan<char> text, Span<char> destination)
    {
        int ascii = FoldSimple(text, destination);
        if (ascii == text.Length)
        {
            return ascii;
        }

        return FoldFull(text, destination);
    }

    private static bool IsFolded(string text)
    {
        foreach (char c in text)
        {
            if (!(c is (< '\u0080' and not (>= 'A' and <= 'Z')) or (>= '\u4E00' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7A3')))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Folds when every character folds to one (the usual case), into at least as much room as the text. False: use <see cref="Fold(ReadOnlySpan{char}, Span{char})"/>.</summary>
    internal static bool TryFoldSimple(ReadOnlySpan<char> text, Span<char> destination) => FoldSimple(text, destination) == text.Length;

    /// <summary>Characters at the start that fold one by one: ASCII, Han, Hangul syllables, plain kana. All of them, or fewer when others follow.</summary>
    private static int FoldSimple(ReadOnlySpan<char> text, Span<char> destination)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c < '\u0080')
            {
                destination[i] = c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c;
            }
            else if (c is (>= '\u4E00' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7A3') or (>= '\u3041' and <= '\u3096') or (>= '\u30A1' and <= '\u30FA'))
            {
                destination[i] = c;
            }
            else
            {
                return i;
            }
        }

        return text.Length;
    }

    private static int FoldFull(ReadOnlySpan<char> text, Span<char> destination)
    {
        char[]? rented = null;
        Span<char> source = text.Length <= 256 ? stackalloc char[text.Length] : (rented = ArrayPool<char>.Shared.Rent(text.Length)).AsSpan(0, text.Length);
        text.CopyTo(source);
        ReplaceInvalid(source);
        if (!((ReadOnlySpan<char>)source).TryNormalize(destination, out int length, NormalizationForm.FormKC))
        {
            source.CopyTo(destination);
            length = source.Length;
        }

        if (rented is not null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }

        return FoldCase(destination[..length]);
    }

    private static int FoldCase(Span<char> text)
    {
        int written = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length)
            {
                Rune rune = Rune.ToLowerInvariant(Rune.ToUpperInvariant(new Rune(c, text[++i])));
                written += rune.EncodeToUtf16(text[written..]);
            }
            else if (!IsIgnorable(c))
            {
                text[written++] = char.ToLowerInvariant(char.ToUpperInvariant(c));
            }
        }

        return written;
    }

    private static bool IsIgnorable(char c) =>
        c is >= '\uFE00' and <= '\uFE0F' || (c >= '\u0080' && CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format);

    private static void ReplaceInvalid(Span<char> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]) || text[i] == '\uFFFE')
            {
                text[i] = '\uFFFD';
            }
        }
    }
}
