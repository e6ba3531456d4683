using LogView.Client.Language.Text;

namespace LogView.Client.Language.Matching;

/// <summary>Whether a word of letters and digits ends at a place of a plain text: the rules of <see cref="Words"/>, seen from the place.</summary>
internal static class PlainBoundary
{
    public static bool IsBefore(ReadOnlySpan<char> text, int start) => start == 0
        || !Joins(WordClasses.Of(text[start]), WordClasses.Of(text[start - 1]), start > 1 ? WordClasses.Of(text[start - 2]) : WordClass.None);

    public static bool IsAfter(ReadOnlySpan<char> text, int end) => end == text.Length
        || !Joins(WordClasses.Of(text[end - 1]), WordClasses.Of(text[end]), end + 1 < text.Length ? WordClasses.Of(text[end + 1]) : WordClass.None);

    private static bool Joins(WordClass inside, WordClass neighbour, WordClass beyond) => neighbour switch
    {
        WordClass.Letter or WordClass.Digit or WordClass.Connector => true,
        WordClass.Apostrophe => inside == beyond && inside is WordClass.Letter or WordClass.Digit && inside == beyond,
        WordClass.MidNumber => inside == WordClass.Digit && beyond == WordClass.Digit,
        _ => false,
    };
}
