using CsCheck;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Client.Language;

namespace LogView.Tests.Language;

/// <summary>Random trees as the parser can make them.</summary>
internal static class QueryGenerators
{
    private const int MaxDepth = 4;

    private static readonly Gen<string> Awkward = Gen.OneOf(
        Gen.Char["abc:,\\~!=&?#%+ /*\"'<>|\n\t{}[]()-."],
        Gen.Char['가', '힣'],
        Gen.Char['a', 'z'],
        Gen.OneOf('“', '\u3000', '\u00a0', 'é', 'ａ', '\u0301', '\ud83d', '\ude00')).Array[1, 10].Select(c => new string(c));

    private static readonly Gen<string> Words =
        Gen.OneOf("and", "or", "not", "NOT x", "a and b", "/a/", "[1 TO 2]", "~x", "x~1", "&&", "=", "true", "null", "now-1d/d", "10.0.0.0/8", "2026-11-22", "TO", "*");

    public static readonly Gen<string> AnyText = Gen.OneOf(Awkward, Words, Gen.Select(Awkward, Words, (a, b) => $"{a} {b}"));

    /// <summary>The grammar trims what is not quoted.</summary>
    private static readonly Gen<string> Trimmed = AnyText.Select(t => t.Trim());

    private static readonly Gen<string> Name = Gen.OneOf(
        Gen.OneOf("message", "log.level", "service.name", "@timestamp", "host", "and", "not", "client.ip"), AnyText);

    private static readonly Gen<string> Pattern = Gen.Select(Trimmed, Gen.OneOf("*", "?", "a*"), Trimmed)
        .Select((a, w, b) => (WildcardPattern.Escape(a) + w + WildcardPattern.Escape(b)).Trim()).Where(p => p != "*");

    private static readonly Gen<FieldTarget> Field = Gen.Frequency(
        (2, Gen.Const(FieldTarget.Default)),
        (4, Name.Select(FieldTarget.Of)),
        (1, Pattern.Where(p => p.Replace("\\*", "", StringComparison.Ordinal).Contains('*')).Select(p => new FieldTarget(p, IsPattern: true))));

    private static readonly Gen<RangeBound?> Bound = Gen.Select(AnyText, Gen.Bool).Select((t, i) => (RangeBound?)new RangeBound(t, i));

    public static readonly Gen<QueryNode> Node = Of(MaxDepth);

    /// <summary>Texts that nearly are queries, in either language.</summary>
    public static readonly Gen<string> Text = Gen.OneOf(
        Gen.String,
        AnyText,
        Gen.OneOf(
            Words,
            Awkward,
            Gen.OneOf(" ", " ", " ", "(", ")", ":", ": ", "\"", "{", "}", "[", "]", " and ", " or ", "not ", " AND ", " OR ", "NOT ", ">=", "<", "~", "^2", "/", "\\", "+", "-", "_exists_:"))
            .Array[1, 14].Select(p => string.Concat(p)));

    private static Gen<QueryNode> Of(int depth)
    {
        if (depth == 0)
        {
            return Leaf;
        }

        Gen<QueryNode> child = Of(depth - 1);
        return Gen.Frequency(
            (4, Leaf),
            (1, child.Array[2, 4].Select(c => (QueryNode)new AndNode(new NodeList(c)))),
            (1, child.Array[2, 4].Select(c => (QueryNode)new OrNode(new NodeList(c)))),
            (1, child.Select(c => c is MatchAllNode ? new MatchNoneNode() : (QueryNode)new NotNode(c))),
            (1, Gen.Select(Name, child).Select((p, c) => (QueryNode)new NestedNode(new FieldName(p), c))));
    }

    private static Gen<QueryNode> Leaf => Gen.OneOf<QueryNode>(
        Gen.Const<QueryNode>(new MatchAllNode()),
        Gen.Select(Field, AnyText.Select(t => t.Trim((char)9, (char)10, (char)13)), Gen.Bool).Select((f, t, i) => (QueryNode)new TermNode(f, t, i)),
        Gen.Select(Field, AnyText, Gen.Int[0, 1000], Gen.Bool).Select((f, t, s, i) => (QueryNode)new PhraseNode(f, t, s > 500 ? s - 500 : 0, i)),
        Gen.Select(Field, Pattern, Gen.Bool).Select((f, p, i) => (QueryNode)new WildcardNode(f, p, i)),
        Gen.Select(Field, Gen.OneOf("a/b", "conn(ect)?ion reset", "\\d+ \\w", "[/]", "^a|b$"), Gen.Bool).Select((f, p, i) => (QueryNode)new RegexNode(f, p, i)),
        Gen.Select(Field, Bound, Bound, Gen.Int[0, 2]).Select((f, l, u, w) => (QueryNode)new RangeNode(f, w == 1 ? null : l, w == 2 ? null : u)),
        Field.Where(f => !f.IsDefault && !(f.IsPattern && f.Name == "*")).Select(f => (QueryNode)new ExistsNode(f)),
        Gen.Select(Field, Trimmed, Gen.Int[1, 2]).Where((_, t, _) => t.Length > 0 && !t.Any(char.IsWhiteSpace)).Select((f, t, e) => (QueryNode)new FuzzyNode(f, t, e)));
}
