using LogView.Server.Storage.Embedded.Terms;

namespace LogView.Server.Storage.Embedded.Sources;

/// <summary>What the letters of a text become.</summary>
internal enum WordUse : byte
{
    /// <summary>Part of the template.</summary>
    Literal,

    /// <summary>Part of the template, and counted.</summary>
    Counted,

    /// <summary>Values: a word that is frequent enough by its number, others as they are.</summary>
    Value,
}

/// <summary>
/// Splits a text into a template and the values in it: numbers, hexadecimal ids, numbers that columns of the event have too, and for texts
/// that come from no frequent template also words. Log messages come from few templates. Not safe for concurrent use.
/// </summary>
internal sealed class TextSplitter
{
    /// <summary>Shorter runs of hexadecimal digits are more often words and numbers.</summary>
    private const int MinHexLength = 6;
    private const int MaxHexLength = 16;
    private const int MaxDigits = 18;

    /// <summary>Shorter numbers are equal by chance too often.</summary>
    private const int MinReferenceLength = 3;

    /// <summary>Words in fewer texts are kept as bytes.</summary>
    private const int MinWordCount = 4;

    private const byte Digit = 1;
    private const byte HexLetter = 2;
    private const byte Letter = 4;

    private static readonly byte[] Classes = MakeClasses();

    private readonly PieceWriter _pieces = new();
    private readonly List<int> _wordCounts = [];
    private int _literalFrom;

    /// <summary>Bytes of the template of the text split last.</summary>
    public ReadOnlySpan<byte> Template => _pieces.Written;

    /// <summary>Its values in their order: numbers, numbers of words, or for raw pieces the place in the text (start in the upper, length in the lower half).</summary>
    public List<long> Values { get; } = [];

    public HeadTerms Words { get; } = new();

    public void Split(ReadOnlySpan<byte> text, NumberReferences references, WordUse words)
    {
        _pieces.Clear();
        Values.Clear();
        _literalFrom = 0;
        for (int at = 0; at < text.Length;)
        {
            byte seen = Classes[text[at]];
            int end = at + 1;
            if (seen == 0)
            {
                at++;
                continue;
            }

            for (byte next; end < text.Length && (next = Classes[text[end]]) != 0; end++)
            {
                seen |= next;
            }

            at = (seen & Digit) == 0 ? words == WordUse.Literal ? end : AddMixed(text, at, end, words)
                : seen == Digit ? AddNumber(text, at, end, references)
                : seen == (Digit | HexLetter) && end - at >= MinHexLength ? AddHex(text, at, end)
                : AddMixed(text, at, end, words);
        }

        _pieces.Literal(text[_literalFrom..]);
    }

    private static byte[] MakeClasses()
    {
        var classes = new byte[256];
        for (char c = '0'; c <= 'z'; c++)
        {
            classes[c] = char.IsAsciiDigit(c) ? Digit : c is >= 'a' and <= 'f' ? HexLetter : char.IsAsciiLetter(c) ? Letter : (byte)0;
        }

        return classes;
    }

    /// <summary>Ends the literal before a value.</summary>
    private void Close(ReadOnlySpan<byte> text, int at, int next)
    {
        _pieces.Literal(text[_literalFrom..at]);
        _literalFrom = next;
    }

    private int AddNumber(ReadOnlySpan<byte> text, int at, int end, NumberReferences references)
    {
        bool inDotted = at >= 2 && text[at - 1] == '.' && char.IsAsciiDigit((char)text[at - 2]);
        int fraction = EndOfFraction(text, end);
        bool longer = EndOfFraction(text, fraction) > fraction;
        if (!inDotted && !longer && fraction - at >= MinReferenceLength && references.TryFind(text[at..fraction], out PieceKind kind, out int field))
        {
            Close(text, at, fraction);
            _pieces.Add(kind, field);
            return fraction;
        }

        AddDigits(text, at, end);
        return end;
    }

    /// <summary>The end of <c>.digits</c> behind a number; where it starts when there is none.</summary>
    private static int EndOfFraction(ReadOnlySpan<byte> text, int at)
    {
        if (at + 1 >= text.Length || text[at] != '.' || !char.IsAsciiDigit((char)text[at + 1]))
        {
            return at;
        }

        int end = at + 1;
        while (end < text.Length && char.IsAsciiDigit((char)text[end]))
        {
            end++;
        }

        return end;
    }

    private void AddDigits(ReadOnlySpan<byte> text, int at, int end)
    {
        Close(text, at, end);
        bool plain = end - at <= MaxDigits && (text[at] != '0' || end - at == 1);
        for (int next; at < end; at = next)
        {
            next = Math.Min(end, at + MaxDigits);
            if (plain)
            {
                _pieces.Add(PieceKind.Integer);
            }
            else
            {
                _pieces.Add(PieceKind.Digits, next - at);
            }

            long value = 0;
            foreach (byte digit in text[at..next])
            {
                value = value * 10 + (digit - '0');
            }

            Values.Add(value);
        }
    }

    private int AddHex(ReadOnlySpan<byte> text, int at, int end)
    {
        Close(text, at, end);
        for (int next; at < end; at = next)
        {
            next = Math.Min(end, at + MaxHexLength);
            _pieces.Add(PieceKind.Hex, next - at);
            ulong value = 0;
            foreach (byte c in text[at..next])
            {
                value = value << 4 | (uint)(c <= '9' ? c - '0' : c - 'a' + 10);
            }

            Values.Add((long)value);
        }

        return end;
    }

    /// <summary>Letters, with digits among them or not.</summary>
    private int AddMixed(ReadOnlySpan<byte> text, int at, int end, WordUse words)
    {
        while (at < end)
        {
            bool digits = char.IsAsciiDigit((char)text[at]);
            int next = at + 1;
            while (next < end && char.IsAsciiDigit((char)text[next]) == digits)
            {
                next++;
            }

            if (digits)
            {
                AddDigits(text, at, next);
            }
            else if (words != WordUse.Literal)
            {
                AddWord(text, at, next, words);
            }

            at = next;
        }

        return end;
    }

    private void AddWord(ReadOnlySpan<byte> text, int at, int end, WordUse words)
    {
        int word = words == WordUse.Counted ? Words.Add(text[at..end]) : Words.Find(text[at..end]);
        if (words == WordUse.Counted)
        {
            if (word == _wordCounts.Count)
            {
                _wordCounts.Add(0);
            }

            _wordCounts[word]++;
            return;
        }

        Close(text, at, end);
        bool frequent = word >= 0 && _wordCounts[word] >= MinWordCount;
        _pieces.Add(frequent ? PieceKind.Word : PieceKind.Raw);
        Values.Add(frequent ? word : (long)at << 32 | (uint)(end - at));
    }
}
