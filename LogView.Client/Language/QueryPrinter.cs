using System.Text;
using LogView.Client.Contracts.Query;
using LogView.Client.Language.Kql;
using LogView.Client.Language.Lucene;

namespace LogView.Client.Language;

/// <summary>Tree → canonical text: <c>Parse(Print(node)) == node</c>.</summary>
public static class QueryPrinter
{
    private enum Binding
    {
        Or,
        And,
        Not,
        Clause,
    }

    public static string Print(QueryNode node)
    {
        var text = new StringBuilder();
        Write(text, node, Binding.Or);
        return text.ToString();
    }

    /// <summary>A value as it is written in a query so that it is found exactly: bare where it can be, quoted where it must be.</summary>
    public static string Literal(string value) =>
        value.Length > 0 && value.All(IsPlain) && !KqlWriting.IsKeyword(value) ? value : KqlWriting.Quoted(value);

    /// <summary>A value escaped so that it can stand unquoted after <c>field:</c>, words and blanks as they are.</summary>
    public static string Unquoted(string value) => KqlWriting.Term(new TermNode(FieldTarget.Of("field"), value));

    /// <summary>A value escaped for the Lucene switch.</summary>
    public static string LuceneLiteral(string value) => LuceneEscapes.Add(value);

    /// <summary>A field name as it is written before <c>:</c>.</summary>
    public static string Field(string name) => KqlWriting.FieldName(FieldTarget.Of(name));

    private static bool IsPlain(char c) => char.IsLetterOrDigit(c) || c is '.' or '_' or '@';

    private static void Write(StringBuilder text, QueryNode node, Binding atLeast)
    {
        bool parentheses = BindingOf(node) < atLeast;
        text.Append(parentheses ? "(" : "");
        switch (node)
        {
            case OrNode or:
                WriteList(text, or.Children, " or ", Binding.And);
                break;
            case AndNode and:
                WriteList(text, and.Children, " and ", Binding.Not);
                break;
            case NotNode not:
                text.Append("not ");
                Write(text, not.Child, Binding.Clause);
                break;
            case NestedNode nested:
                text.Append(KqlWriting.FieldName(FieldTarget.Of(nested.Path.Value))).Append(": { ");
                Write(text, nested.Child, Binding.Or);
                text.Append(" }");
                break;
            default:
                WriteClause(text, node);
                break;
        }

        text.Append(parentheses ? ")" : "");
    }

    private static Binding BindingOf(QueryNode node) => node switch
    {
        OrNode => Binding.Or,
        AndNode => Binding.And,
        NotNode or MatchNoneNode => Binding.Not,
        _ => Binding.Clause,
    };

    private static void WriteList(StringBuilder text, NodeList children, string separator, Binding atLeast)
    {
        for (int i = 0; i < children.Count; i++)
        {
            text.Append(i > 0 ? separator : "");
            Write(text, children[i], atLeast);
        }
    }

    private static void WriteClause(StringBuilder text, QueryNode node)
    {
        switch (node)
        {
            case MatchAllNode:
                text.Append('*');
                break;
            case MatchNoneNode:
                text.Append("not *");
                break;
            case TermNode term:
                WriteField(text, term.Field, term.IgnoreCase);
                text.Append(KqlWriting.Term(term));
                break;
            case PhraseNode phrase:
                WriteField(text, phrase.Field, phrase.IgnoreCase);
                text.Append(KqlWriting.Quoted(phrase.Text));
                text.Append(phrase.Slop > 0 ? string.Create(null, $"~{phrase.Slop}") : "");
                break;
            case WildcardNode wildcard:
                WriteField(text, wildcard.Field, wildcard.IgnoreCase);
                text.Append(KqlWriting.Wildcard(wildcard));
                break;
            case RegexNode regex:
                WriteField(text, regex.Field, ignoreCase: false);
                text.Append(KqlWriting.Regex(regex));
                break;
            case RangeNode range:
                WriteRange(text, range);
                break;
            case ExistsNode exists:
                text.Append(KqlWriting.FieldName(exists.Field)).Append(": *");
                break;
            case FuzzyNode fuzzy:
                WriteField(text, fuzzy.Field, ignoreCase: false);
                text.Append(KqlWriting.Fuzzy(fuzzy));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(node), node, "Unknown node.");
        }
    }

    private static void WriteField(StringBuilder text, FieldTarget field, bool ignoreCase)
    {
        if (!field.IsDefault || ignoreCase)
        {
            text.Append(KqlWriting.FieldName(field)).Append(ignoreCase ? ":~" : ": ");
        }
    }

    private static void WriteRange(StringBuilder text, RangeNode range)
    {
        text.Append(KqlWriting.FieldName(range.Field));
        if (range is { Lower: { } lower, Upper: { } upper })
        {
            text.Append(lower.Inclusive ? ": [" : ": {").Append(KqlWriting.Bound(lower.Text));
            text.Append(" TO ").Append(KqlWriting.Bound(upper.Text)).Append(upper.Inclusive ? ']' : '}');
            return;
        }

        string symbol = range.Lower is null ? "<" : ">";
        RangeBound bound = range.Lower ?? range.Upper ?? throw new ArgumentException("A range without bounds.", nameof(range));
        text.Append(' ').Append(symbol).Append(bound.Inclusive ? "= " : " ").Append(KqlWriting.Bound(bound.Text));
    }
}
