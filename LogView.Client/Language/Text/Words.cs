namespace LogView.Client.Language.Text;

/// <summary>One word of a text: where it stands, not folded.</summary>
/// <param name="Start">Offset in UTF-16 units.</param>
/// <param name="Length">Length in UTF-16 units.</param>
/// <param name="IsRun">
/// A run of Han, Kana, Hangul, South-East Asian script or pictographs: matched when it contains what is searched, instead of being equal to it.
/// </param>
public readonly record struct Word(int Start, int Length, bool IsRun)
{
    public int End => Start + Length;
}

/// <summary>
/// The one definition of words, for every engine and for queries: the rules of Unicode UAX #29 with two tailorings that logs need.
/// <c>.</c> and <c>:</c> between letters end a word (<c>java.io.IOException</c> and <c>status:failed</c> are found by their parts; UAX #29 keeps
/// them together), while numbers keep theirs (<c>10.0.0.1</c>, <c>1,024</c>). Runs of scripts without spaces are one word, searched by substring.
/// </summary>
public static class Words
{
    public static WordEnumerable Enumerate(ReadOnlySpan<char> text) => new(text);

    /// <summary>The next word at or after <paramref name="position"/>, which moves behind it.</summary>
    public static bool TryNext(ReadOnlySpan<char> text, ref int position, out Word word)
    {
        while (position < text.Length)
        {
            int start = position;
            WordClass first = WordClasses.At(text, position, out int width);
            position += width;
            if (first == WordClass.Run)
            {
                SkipRun(text, ref position);
                word = new Word(start, position - start, IsRun: true);
                return true;
            }

            if (first is WordClass.Letter or WordClass.Digit or WordClass.Connector)
            {
                bool hasContent = SkipWord(text, first, ref position);
                word = new Word(start, position - start, IsRun: false);
                if (hasContent)
                {
                    return true;
                }
            }
        }

        word = default;
        return false;
    }

    private static void SkipRun(ReadOnlySpan<char> text, ref int position)
    {
        while (position < text.Length && WordClasses.At(text, position, out int width) is WordClass.Run or WordClass.Extend)
        {
            position += width;
        }
    }

    private static bool SkipWord(ReadOnlySpan<char> text, WordClass last, ref int position)
    {
        bool hasContent = last != WordClass.Connector;
        while (position < text.Length)
        {
            WordClass next = WordClasses.At(text, position, out int width);
            switch (next)
            {
                case WordClass.Letter or WordClass.Digit:
                    hasContent = true;
                    last = next;
                    break;
                case WordClass.Connector:
                    last = next;
                    break;
                case WordClass.Extend:
                    break;
                case WordClass.Apostrophe when last is WordClass.Letter or WordClass.Digit && ClassAfter(text, position + width) == last:
                case WordClass.MidNumber when last is WordClass.Digit && ClassAfter(text, position + width) == WordClass.Digit:
                    break;
                default:
                    return hasContent;
            }

            position += width;
        }

        return hasContent;
    }

    private static WordClass ClassAfter(ReadOnlySpan<char> text, int at) => at < text.Length ? WordClasses.At(text, at, out _) : WordClass.None;
}

public readonly ref struct WordEnumerable(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;

    public WordEnumerator GetEnumerator() => new(_text);
}

public ref struct WordEnumerator(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _position;
    private Word _current;

    public readonly Word Current => _current;

    public bool MoveNext() => Words.TryNext(_text, ref _position, out _current);
}
