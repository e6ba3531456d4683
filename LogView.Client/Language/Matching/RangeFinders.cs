using System.Text.RegularExpressions;

namespace LogView.Client.Language.Matching;

/// <summary>Finds what of a text a clause matches.</summary>
internal interface IRangeFinder
{
    void Find(string text, bool isText, List<TextRange> ranges);
}

/// <summary>Words of a text field; the whole of another field's value.</summary>
internal sealed class WordRanges(TextMatcher[] matchers, Predicate<string> isWhole) : IRangeFinder
{
    public void Find(string text, bool isText, List<TextRange> ranges)
    {
        if (!isText)
        {
            if (isWhole(text))
            {
                ranges.Add(new TextRange(0, text.Length));
            }

            return;
        }

        foreach (TextMatcher matcher in matchers)
        {
            matcher.AddRanges(text, ranges);
        }
    }
}

internal sealed class RegexRanges(Regex regex) : IRangeFinder
{
    /// <summary>Marks in one text; past it nobody looks.</summary>
    private const int MaxRanges = 1_000;

    public void Find(string text, bool isText, List<TextRange> ranges)
    {
        int found = 0;
        foreach (ValueMatch match in regex.EnumerateMatches(text))
        {
            ranges.Add(new TextRange(match.Index, match.Length));
            if (++found == MaxRanges)
            {
                return;
            }
        }
    }
}
