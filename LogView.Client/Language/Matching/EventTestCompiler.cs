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
        TermNode term => Whole(Under(path, term.Field), TextTest.Term(term.Text), term.Text, term.IgnoreCase),
        PhraseNode phrase => Whole(Under(path, phrase.Field), TextTest.Phrase(phrase.Text, phrase.Slop), phrase.Text, phrase.IgnoreCase),
        WildcardNode wildcard => FieldTests.Of(
            Under(path, wildcard.Field), new ValueTest.Wildcard(TextTest.Wildcard(wildcard.Pattern), wildcard.Pattern, wildcard.IgnoreCase)),
        RegexNode regex => RegexFactory.Compile(regex.Pattern, regex.IgnoreCase, out var compiled) is null
            ? FieldTests.Of(Under(path, regex.Field), new ValueTest.Pattern(compiled!)) : new EventTest.Constant(false),
        RangeNode range => Range(Under(path, range.Field), range),
        ExistsNode exists => FieldTests.Of(Under(path, exists.Field), AnyValue),
        FuzzyNode fuzzy => FieldTests.Of(
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

    private EventTest Whole(FieldTarget field, TextTest words, string text, bool ignoreCase)
    {
        Denoted denoted = Denoted.Of(text, clock);
        if (IsTimestamp(field))
        {
            return denoted.Dates is { } dates ? new EventTest.Instant(dates.First, dates.Last) : new EventTest.Constant(false);
        }

        return FieldTests.Of(field, new ValueTest.Whole(words, text, ignoreCase, denoted));
    }

    private EventTest Range(FieldTarget field, RangeNode range)
    {
        var test = new RangeTest(range, clock);
        if (!IsTimestamp(field))
        {
            return FieldTests.Of(field, test);
        }

        return test.Instants() is { } instants ? new EventTest.Instant(instants.First, instants.Last) : new EventTest.Constant(false);
    }
}
