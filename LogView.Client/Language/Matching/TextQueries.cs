using System.Text;
using LogView.Client.Language.Text;

namespace LogView.Client.Language.Matching;

/// <summary>Turns the texts of query nodes into <see cref="TextMatcher"/>s.</summary>
internal static class TextQueries
{
    /// <summary>A phrase, or null when the text has no word.</summary>
    public static TextMatcher? Phrase(string text, int slop)
    {
        List<WordTest> words = [];
        foreach (Word word in Words.Enumerate(text))
        {
            words.Add(new WordTest.Exact(TextFolding.Fold(text.Substring(word.Start, word.Length)), word.IsRun));
        }

        return words.Count == 0 ? null : new TextMatcher(words, slop);
    }

    /// <summary>One matcher for each piece between white space.</summary>
    public static TextMatcher[] Pieces(string text) => [.. Split(text).Select(p => Phrase(p, slop: 0)).OfType<TextMatcher>()];

    /// <summary>
    /// Each piece of a wildcard pattern as words next to each other. <c>.</c> and its like are tried both as part of a word (<c>10.0.*</c>) and as
    /// the end of one (<c>*.log</c>).
    /// </summary>
    public static TextMatcher[] Patterns(string pattern)
    {
        List<TextMatcher> matchers = [];
        foreach (string piece in Split(pattern))
        {
            List<string> split = PatternWords(piece, keepMid: false);
            List<string> whole = PatternWords(piece, keepMid: true);
            Add(matchers, split);
            if (!whole.SequenceEqual(split, StringComparer.Ordinal))
            {
                Add(matchers, whole);
            }
        }

        return [.. matchers];
    }

    public static TextMatcher? Fuzzy(string text, int maxEdits)
    {
        List<WordTest> words = [];
        foreach (Word word in Words.Enumerate(text))
        {
            words.Add(new WordTest.Fuzzy(TextFolding.Fold(text.Substring(word.Start, word.Length)), maxEdits));
        }

        return words.Count == 0 ? null : new TextMatcher(words, slop: 0);
    }

    private static string[] Split(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static void Add(List<TextMatcher> matchers, List<string> words)
    {
        if (words.Count > 0)
        {
            matchers.Add(new TextMatcher([.. words.Select(w => new WordTest.Pattern(w))], slop: 0));
        }
    }

    private static List<string> PatternWords(string piece, bool keepMid)
    {
        List<string> words = [];
        var word = new StringBuilder();
        WordClass last = WordClass.None;
        for (int i = 0; i < piece.Length; i++)
        {
            if (piece[i] is '*' or '?')
            {
                word.Append(piece[i]);
                continue;
            }

            i += piece[i] == '\\' && i + 1 < piece.Length ? 1 : 0;
            WordClass next = WordClasses.At(piece, i, out int width);
            bool breaks = next == WordClass.None || (!keepMid && next is WordClass.MidNumber or WordClass.Apostrophe);
            bool changes = next != WordClass.Extend && last != WordClass.None && (next == WordClass.Run) != (last == WordClass.Run);
            if (breaks || changes)
            {
                Flush(word, words);
            }

            last = breaks ? WordClass.None : next == WordClass.Extend ? last : next;
            word.Append(breaks ? "" : piece.AsSpan(i, width));
            i += width - 1;
        }

        Flush(word, words);
        return words;
    }

    private static void Flush(StringBuilder word, List<string> words)
    {
        if (word.Length > 0)
        {
            words.Add(TextFolding.Fold(word.ToString()));
            word.Clear();
        }
    }
}
