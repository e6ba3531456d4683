using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Client.Language.Matching;

namespace LogView.Client.Language;

/// <summary>Characters of a shown text.</summary>
public readonly record struct TextRange(int Start, int Length)
{
    public int End => Start + Length;
}

/// <summary>Which characters of a field's text made an event match. Clauses under <c>not</c> mark nothing. Safe for any number of threads.</summary>
public sealed class Highlighter
{
    private readonly List<(FieldTarget Field, IRangeFinder Finder)> _finders = [];

    private Highlighter(QueryNode node) => Add(node);

    /// <summary>For many texts of one query.</summary>
    public static Highlighter Compile(QueryNode node) => new(node);

    /// <summary>Sorted, not empty, not overlapping.</summary>
    public static IReadOnlyList<TextRange> Ranges(QueryNode node, string fieldName, string text) => new Highlighter(node).Ranges(fieldName, text);

    /// <summary>Sorted, not empty, not overlapping.</summary>
    public IReadOnlyList<TextRange> Ranges(string fieldName, string text)
    {
        List<TextRange> ranges = [];
        bool isText = TextFields.IsText(fieldName);
        foreach ((FieldTarget field, IRangeFinder finder) in _finders)
        {
            if (Covers(field, fieldName))
            {
                finder.Find(text, isText, ranges);
            }
        }

        return Merge(ranges);
    }

    private static bool Covers(FieldTarget field, string name) =>
        field.IsDefault ? TextFields.Defaults.Contains(name, StringComparer.Ordinal)
        : field.IsPattern ? WildcardPattern.Matches(field.Name, name)
        : string.Equals(field.Name, name, StringComparison.Ordinal);

    private static List<TextRange> Merge(List<TextRange> ranges)
    {
        ranges.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : b.Length.CompareTo(a.Length));
        List<TextRange> merged = [];
        foreach (TextRange range in ranges.Where(r => r.Length > 0))
        {
            if (merged.Count > 0 && range.Start <= merged[^1].End)
            {
                merged[^1] = merged[^1] with { Length = Math.Max(merged[^1].End, range.End) - merged[^1].Start };
            }
            else
            {
                merged.Add(range);
            }
        }

        return merged;
    }

    private void Add(QueryNode node)
    {
        switch (node)
        {
            case AndNode and:
                AddAll(and.Children);
                break;
            case OrNode or:
                AddAll(or.Children);
                break;
            case NestedNode nested:
                foreach ((FieldTarget field, IRangeFinder finder) in new Highlighter(nested.Child)._finders.Where(f => !f.Field.IsDefault))
                {
                    _finders.Add((field with { Name = $"{nested.Path.Value}.{field.Name}" }, finder));
                }

                break;
            case TermNode term:
                _finders.Add((term.Field, new WordRanges(TextQueries.Pieces(term.Text), v => Equal(v, term.Text, term.IgnoreCase))));
                break;
            case PhraseNode phrase:
                TextMatcher[] matchers = TextQueries.Phrase(phrase.Text, phrase.Slop) is { } words ? [words] : [];
                _finders.Add((phrase.Field, new WordRanges(matchers, v => Equal(v, phrase.Text, phrase.IgnoreCase))));
                break;
            case WildcardNode wildcard:
                string pattern = wildcard.Pattern;
                _finders.Add((wildcard.Field, new WordRanges(TextQueries.Patterns(pattern), v => WildcardPattern.Matches(pattern, v))));
                break;
            case FuzzyNode fuzzy:
                TextMatcher[] similar = TextQueries.Fuzzy(fuzzy.Text, fuzzy.MaxEdits) is { } found ? [found] : [];
                _finders.Add((fuzzy.Field, new WordRanges(similar, v => EditDistance.IsWithin(fuzzy.Text, v, fuzzy.MaxEdits))));
                break;
            case RegexNode regex when RegexFactory.Compile(regex.Pattern, regex.IgnoreCase, out var compiled) is null:
                _finders.Add((regex.Field, new RegexRanges(compiled!)));
                break;
        }
    }

    private void AddAll(NodeList nodes)
    {
        foreach (QueryNode child in nodes)
        {
            Add(child);
        }
    }

    private static bool Equal(string value, string text, bool ignoreCase) =>
        string.Equals(value, text, ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
}
