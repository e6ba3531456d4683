namespace LogView.Server.Ingest.Parsing;

/// <summary>Walks UTF-8 text forward. Every step is bounded by the text, so a parser made of it is linear and cannot read past the end.</summary>
public ref struct TextCursor(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;

    public int Position { get; set; }

    public readonly bool AtEnd => Position >= _text.Length;

    public readonly ReadOnlySpan<byte> Rest => _text[Position..];

    /// <summary>The next byte, or 0 at the end.</summary>
    public readonly byte Peek => Position < _text.Length ? _text[Position] : (byte)0;

    /// <summary>The byte <paramref name="ahead"/> further on, or 0 past the end.</summary>
    public readonly byte PeekAt(int ahead) => Position + ahead < _text.Length ? _text[Position + ahead] : (byte)0;

    public bool Take(byte expected)
    {
        if (AtEnd || _text[Position] != expected)
        {
            return false;
        }

        Position++;
        return true;
    }

    public bool Take(ReadOnlySpan<byte> expected)
    {
        if (!Rest.StartsWith(expected))
        {
            return false;
        }

        Position += expected.Length;
        return true;
    }

    public void SkipSpaces()
    {
        while (Peek is (byte)' ' or (byte)'\t')
        {
            Position++;
        }
    }

    /// <summary>Digits ahead, counted up to <paramref name="max"/>.</summary>
    public readonly int CountDigits(int max)
    {
        int count = 0;
        while (count < max && PeekAt(count) is >= (byte)'0' and <= (byte)'9')
        {
            count++;
        }

        return count;
    }

    /// <summary>Takes <paramref name="min"/> to <paramref name="max"/> (at most 18) digits.</summary>
    public bool TakeNumber(int min, int max, out long value)
    {
        value = 0;
        int count = CountDigits(max);
        if (count < min)
        {
            return false;
        }

        foreach (byte digit in _text.Slice(Position, count))
        {
            value = value * 10 + (digit - '0');
        }

        Position += count;
        return true;
    }

    public bool TakeNumber(int min, int max, out int value)
    {
        bool taken = TakeNumber(min, Math.Min(max, 9), out long wide);
        value = (int)wide;
        return taken;
    }

    /// <summary>Takes everything up to <paramref name="end"/> and that byte itself; false, taking nothing, when it does not come.</summary>
    public bool TakeUntil(byte end, out ReadOnlySpan<byte> taken)
    {
        int length = Rest.IndexOf(end);
        taken = length < 0 ? default : Rest[..length];
        Position += length < 0 ? 0 : length + 1;
        return length >= 0;
    }

    /// <summary>Takes bytes up to a blank, a line end or the end; may be empty.</summary>
    public ReadOnlySpan<byte> TakeWord()
    {
        int length = Rest.IndexOfAny((byte)' ', (byte)'\t', (byte)'\n');
        ReadOnlySpan<byte> word = length < 0 ? Rest : Rest[..length];
        Position += word.Length;
        return word;
    }

    public static bool IsDigit(byte b) => b is >= (byte)'0' and <= (byte)'9';

    public static bool IsLetter(byte b) => (b | 0x20) is >= (byte)'a' and <= (byte)'z';

    public static bool AllDigits(ReadOnlySpan<byte> text) => text.Length > 0 && text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
}
