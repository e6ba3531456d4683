using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;

namespace LogView.Client.Language.Lucene;

/// <summary>
/// Lucene's tree → query nodes, with Elasticsearch's extensions: <c>f:>10</c>, <c>_exists_:f</c>, <c>f:*</c>, and <c>NOT x</c> alone. What only changes
/// scores is left out and noted: boosts, and optional clauses beside required ones.
/// </summary>
internal sealed class LuceneMeaning(List<QueryNote> notes)
{
    public QueryNode Of(LuceneNode node)
    {
        if (node.Boost is not null)
        {
            notes.Add(QueryNotes.BoostIgnored);
        }

        return node switch
        {
            LuceneNode.Bool group => Bool(group),
            LuceneNode.Text text => Text(text),
            LuceneNode.Phrase { Field: "_exists_" } phrase => phrase.Value.Length == 0 ? new MatchNoneNode() : new ExistsNode(FieldTarget.Of(phrase.Value)),
            LuceneNode.Phrase phrase => new PhraseNode(Target(phrase.Field), phrase.Value, phrase.Slop),
            LuceneNode.Wildcard wildcard => Wildcard(wildcard),
            LuceneNode.Regex regex => Regex(regex),
            LuceneNode.Fuzzy fuzzy when fuzzy.Edits == 0 || fuzzy.Value.Any(char.IsWhiteSpace) => new PhraseNode(Target(fuzzy.Field), fuzzy.Value),
            LuceneNode.Fuzzy fuzzy => new FuzzyNode(Target(fuzzy.Field), fuzzy.Value, fuzzy.Edits),
            LuceneNode.Range { Lower: null, Upper: null } range => range.Field is null ? new MatchAllNode() : new ExistsNode(Target(range.Field)),
            LuceneNode.Range range => new RangeNode(Target(range.Field), range.Lower, range.Upper),
            _ => throw new ArgumentOutOfRangeException(nameof(node), node, "Unknown node."),
        };
    }

    private static FieldTarget Target(string? field) =>
        field is null ? FieldTarget.Default
        : field.Contains('*', StringComparison.Ordinal) ? new FieldTarget(field, IsPattern: true)
        : FieldTarget.Of(field);

    private static QueryNode Text(LuceneNode.Text text)
    {
        string value = text.Value;
        if (text.Field is "_exists_")
        {
            return new ExistsNode(FieldTarget.Of(value));
        }

        if (text.Field is null || value.Length < 2 || value[0] is not ('<' or '>'))
        {
            // Line breaks at the ends of an unquoted word cannot be written in LogView's syntax; quoted it is the same.
            return value.AsSpan().Trim("\t\r\n").Length == value.Length ? new TermNode(Target(text.Field), value) : new PhraseNode(Target(text.Field), value);
        }

        bool inclusive = value[1] == '=';
        var bound = new RangeBound(value[(inclusive ? 2 : 1)..], inclusive);
        return bound.Text.Length == 0 ? new TermNode(Target(text.Field), value)
            : value[0] == '<' ? new RangeNode(Target(text.Field), null, bound)
            : new RangeNode(Target(text.Field), bound, null);
    }

    private static QueryNode Wildcard(LuceneNode.Wildcard wildcard)
    {
        string pattern = LuceneEscapes.ToPattern(wildcard.Pattern).Trim('\t', '\r', '\n');
        if (pattern is "*")
        {
            return wildcard.Field is null or "*" or "_exists_" ? new MatchAllNode() : new ExistsNode(Target(wildcard.Field));
        }

        if (wildcard.Field is not "_exists_")
        {
            return new WildcardNode(Target(wildcard.Field), pattern);
        }

        return new ExistsNode(wildcard.Pattern.Contains('*', StringComparison.Ordinal)
            ? new FieldTarget(pattern, IsPattern: true) : FieldTarget.Of(LuceneEscapes.Remove(wildcard.Pattern)));
    }

    /// <summary>Lucene matches the whole keyword, or one whole word of a text, whose words are lower case.</summary>
    private static RegexNode Regex(LuceneNode.Regex regex)
    {
        bool isText = regex.Field is null || TextFields.IsText(regex.Field);
        return isText ? new RegexNode(Target(regex.Field), $"\\b(?:{regex.Pattern})\\b", IgnoreCase: true) : new RegexNode(Target(regex.Field), $"^(?:{regex.Pattern})$");
    }

    private QueryNode Bool(LuceneNode.Bool group)
    {
        List<QueryNode> all = [.. Nodes(group, LuceneOccur.Must)];
        List<QueryNode> any = [.. Nodes(group, LuceneOccur.Should)];
        if (all.Count > 0 && any.Count > 0)
        {
            notes.Add(QueryNotes.OptionalIgnored);
        }
        else if (any.Count > 0)
        {
            all.Add(any.Count == 1 ? any[0] : new OrNode(new NodeList(any)));
        }

        all.AddRange(Nodes(group, LuceneOccur.MustNot).Select(n => n is MatchAllNode ? new MatchNoneNode() : (QueryNode)new NotNode(n)));
        return all.Count == 1 ? all[0] : new AndNode(new NodeList(all));
    }

    private IEnumerable<QueryNode> Nodes(LuceneNode.Bool group, LuceneOccur occur) =>
        group.Clauses.Where(c => c.Occur == occur).Select(c => Of(c.Node));
}
