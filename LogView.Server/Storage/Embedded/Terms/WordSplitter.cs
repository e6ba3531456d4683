using System.Text;
using LogView.Client.Language.Text;

namespace LogView.Server.Storage.Embedded.Terms;

/// <summary>
/// The folded words of a text as UTF-8 (runs of scripts without spaces marked by a leading byte), by the rules of <see cref="Words"/> and <see cref="TextFolding"/>. Texts of ASCII only, nearly all
/// of them, are split without becoming strings. Not safe for concurrent use.
/// </summary>
internal sealed class WordSplitter
{
    /// <summary>Stands before the text of a run: runs are found by substring, words as a whole, and both may fold to the same text.</summary>
    public const byte RunMark = 1;

    private const byte Letter = 1;
    private const byte Digit = 2;
    private const byte Connector = 3;
    private const byte Apostrophe = 4;
    private const byte MidNumber = 5;

    private static readonly byte[] Classes = MakeClasses();

    private readonly WordList _words = new();
    private char[] _text = new char[1024];
    private char[] _folded = new char[1024];

    /// <summary>The result is overwritten by the next call.</summary>
    public WordList Split(ReadOnlySpan<byte> utf8)
    {
        _words.Clear();
        if (Ascii.IsValid(utf8))
        {
            SplitAscii(utf8);
        }
        else
        {
            if (_text.Length < utf8.Length)
            {
                _text = new char[utf8.Length * 2];
            }

            SplitText(_text.AsSpan(0, Encoding.UTF8.GetChars(utf8, _text)));
        }

        return _words;
    }

    private static byte[] MakeClasses()
    {
        var classes = new byte[256];
        for (char c = '0'; c <= 'z'; c++)
        {
            classes[c] = char.IsAsciiLetter(c) ? Letter : char.IsAsciiDigit(c) ? Digit : (byte)0;
        }

        classes['_'] = Connector;
        classes['\''] = Apostrophe;
        classes['.'] = classes[','] = classes[';'] = MidNumber;
        return classes;
    }

    private void SplitAscii(ReadOnlySpan<byte> text)
    {
        for (int at = 0; at < text.Length;)
        {
            if (Classes[text[at]] is 0 or > Connector)
            {
                at++;
                continue;
            }

            int start = at;
            bool hasContent = false;
            for (; at < text.Length; at++)
            {
                byte found = Classes[text[at]];
                if (found is 0 || found > Connector && !JoinsNeighbours(text, at, found))
                {
                    break;
                }

                hasContent |= found is Letter or Digit;
            }

            if (hasContent)
            {
                Fold(text[start..at], _words.Reserve(at - start));
                _words.Commit(at - start);
            }
        }
    }

    /// <summary>An apostrophe between two letters or two digits, or a point between two digits.</summary>
    private static bool JoinsNeighbours(ReadOnlySpan<byte> text, int at, byte found)
    {
        byte before = Classes[text[at - 1]], after = at + 1 < text.Length ? Classes[text[at + 1]] : (byte)0;
        return before == after && (before == Digit || before == Letter && found == Apostrophe);
    }

    private static void Fold(ReadOnlySpan<byte> word, Span<byte> into)
    {
        for (int i = 0; i < word.Length; i++)
        {
            byte c = word[i];
            into[i] = (uint)(c - 'A') <= 'Z' - 'A' ? (byte)(c | 0x20) : c;
        }
    }

    private void SplitText(ReadOnlySpan<char> text)
    {
        int position = 0;
        while (Words.TryNext(text, ref position, out Word word))
        {
            int most = TextFolding.MaxLength(word.Length);
            if (_folded.Length < most)
            {
                _folded = new char[most * 2];
            }

            ReadOnlySpan<char> folded = _folded.AsSpan(0, TextFolding.Fold(text.Slice(word.Start, word.Length), _folded));
            Span<byte> into = _words.Reserve(Encoding.UTF8.GetMaxByteCount(folded.Length) + 1);
            into[0] = RunMark;
            int mark = word.IsRun ? 1 : 0;
            _words.Commit(mark + Encoding.UTF8.GetBytes(folded, into[mark..]));
        }
    }
}
