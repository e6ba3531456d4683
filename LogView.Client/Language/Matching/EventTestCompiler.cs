using LogView.Client.Contracts.Query;

namespace LogView.Client.Language.Matching;

/// <summary>Query nodes → <see cref="EventTest"/>s.</summary>
internal sealed class EventTestCompiler(MatchClock clock)
{
    private static readonly ValueTest AnyValue = new ValueTest.Any();

    public EventTest Compile(QueryNode node, string path = "") => node switch
    {
        MatchAllNode => new EventTest.Constant(true),
        MatchNoneNode => new EventTest.Constant(false),
        AndNode and => new EventTest.All(and.Children.Select(c => Compile(c, path))),
        OrNode or => new EventTest.AnyOf(or.Children.Select(c => Compile(c, path))),
        NotNode not => new EventTest.Not(Compile(not.Child, path)),
        NestedNode nested => Compile(nested.Child, $"{path}{nested.Path.Value}."),
        _ => CompileClause(node, path).ToTest(),
    };

    /// <summary>A leaf: what it asks of which fields.</summary>
    public Clause CompileClause(QueryNode node, string path) => node switch
    {
        TermNode term => Whole(Under(path, term.Field), TextTest.Term(term.Text), term.Text, term.IgnoreCase),
        PhraseNode phrase => Whole(Under(path, phrase.Field), TextTest.Phrase(phrase.Text, phrase.Slop), phrase.Text, phrase.IgnoreCase),
        WildcardNode wildcard => new Clause(
            Under(path, wildcard.Field), new ValueTest.Wildcard(TextTest.Wildcard(wildcard.Pattern), wildcard.Pattern, wildcard.IgnoreCase)),
        RegexNode regex => new Clause(
            Under(path, regex.Field), RegexFactory.Compile(regex.Pattern, regex.IgnoreCase, out var compiled) is null ? new ValueTest.Pattern(compiled!) : null),
        RangeNode range => Range(Under(path, range.Field), range),
        ExistsNode exists => new Clause(Under(path, exists.Field), AnyValue),
        FuzzyNode fuzzy => new Clause(
            Under(path, fuzzy.Field), new ValueTest.Fuzzy(TextTest.Fuzzy(fuzzy.Text, fuzzy.MaxEdits), fuzzy.Text, fuzzy.MaxEdits)),
        _ => throw new ArgumentOutOfRangeException(nameof(node), node, "Unknown node."),
    };

    private static FieldTarget Under(string path, FieldTarget field)
    {
        if (path.Length == 0)
        {
            return field;
        }

        return field.IsDefault ? new FieldTarget($"{WildcardPattern.Escape(path)}*", IsPattern: true)
            : field.IsPattern ? new FieldTarget(WildcardPattern.Escape(path) + field.Name, IsPattern: true)
            : FieldTarget.Of(path + field.Name);
    }

    private static bool IsTimestamp(FieldTarget field) => field is { IsPattern: false, Name: "@timestamp" };

    private Clause Whole(FieldTarget field, TextTest words, string text, bool ignoreCase)
    {
        Denoted denoted = Denoted.Of(text, clock);
        return IsTimestamp(field)
            ? new Clause(field, Test: null, denoted.Dates is { } dates ? (dates.First, dates.Last) : null)
            : new Clause(field, new ValueTest.Whole(words, text, ignoreCase, denoted));
    }

    private Clause Range(FieldTarget field, RangeNode range)
    {
        var test = new RangeTest(range, clock);
        return IsTimestamp(field) ? new Clause(field, Test: null, test.Instants()) : new Clause(field, test);
    }
}
