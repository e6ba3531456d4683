using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using LogView.Client.Contracts.Query;
using LogView.Client.Language;
using LogView.Client.Language.Matching;
using LogView.Client.Language.Text;
using LogView.Server.Storage.Elastic.Indices;
using LogView.Server.Storage.Elastic.Reading.Texts;
using LogView.Server.Storage.Elastic.Writing;

namespace LogView.Server.Storage.Elastic.Reading;

/// <summary>One clause on one field of LogView's own indices: what <see cref="ValueTest"/> asks of values, asked of the index.</summary>
/// <param name="clock">For dates.</param>
/// <param name="words">For texts.</param>
/// <param name="odd">Takes the marks of events that the index alone cannot judge.</param>
internal sealed class OwnLeaf(MatchClock clock, WordQuery words, ISet<string> odd)
{
    private const double ExactWhole = 1L << 53;

    public Part Of(QueryNode node, string field, FieldKind kind) => (node, kind) switch
    {
        (ExistsNode, _) => Part.Exact(Dsl.Exists(field)),
        (_, FieldKind.Mixed or FieldKind.Flat or FieldKind.Date or FieldKind.Ip) => Part.Wide(Dsl.Exists(field)),
        (TermNode term, FieldKind.Text) => words.Of(field, TextTest.Term(term.Text)),
        (PhraseNode phrase, FieldKind.Text) => words.Of(field, TextTest.Phrase(phrase.Text, phrase.Slop)),
        (WildcardNode wildcard, FieldKind.Text) => words.Of(field, TextTest.Wildcard(wildcard.Pattern)),
        (RegexNode regex, FieldKind.Text) when RequiredWords.Of(regex.Pattern) is { } required => Part.Wide(words.Of(field, TextTest.Phrase(required, slop: 0)).Query),
        (FuzzyNode fuzzy, FieldKind.Text) => words.Of(field, TextTest.Fuzzy(fuzzy.Text, fuzzy.MaxEdits)),
        (TermNode term, _) => Whole(field, kind, term.Text, term.IgnoreCase),
        (PhraseNode phrase, _) => Whole(field, kind, phrase.Text, phrase.IgnoreCase),
        (WildcardNode wildcard, FieldKind.Keyword) => Wildcard(field, wildcard),
        (WildcardNode wildcard, FieldKind.Boolean) => Booleans(field, b => WildcardPattern.Matches(wildcard.Pattern, b)),
        (RegexNode regex, FieldKind.Boolean) => Booleans(field, RegexFactory.Create(regex.Pattern, regex.IgnoreCase).IsMatch),
        (FuzzyNode, FieldKind.Long or FieldKind.Double or FieldKind.Boolean) => Part.Exact(Dsl.None),
        (RangeNode range, FieldKind.Long or FieldKind.Double) => Numbers(field, range, kind == FieldKind.Long),
        (RangeNode, FieldKind.Boolean) => Part.Exact(Dsl.None),
        (RangeNode range, FieldKind.Keyword) => new OwnTextRange(clock, odd).Of(field, range),
        _ => Part.Wide(Dsl.Exists(field)),
    };

    private Part Whole(string field, FieldKind kind, string text, bool ignoreCase)
    {
        Denoted denoted = Denoted.Of(text, clock);
        return kind switch
        {
            FieldKind.Keyword => Keyword(field, text, ignoreCase, denoted),
            FieldKind.Long => Long(field, denoted),
            FieldKind.Double => Part.Exact(denoted.Fraction is { } number ? Dsl.Term(field, number) : Dsl.None),
            _ => Part.Exact(denoted.Boolean is { } boolean ? Dsl.Term(field, boolean) : Dsl.None),
        };
    }

    private Part Keyword(string field, string text, bool ignoreCase, Denoted denoted)
    {
        List<JsonObject> any = [];

        // The test for any case, where there is one, finds it too; it compares ASCII letters, and an earlier server finds nothing with an empty text.
        bool isFoundInAnyCase = ignoreCase && text.Length > 0 && Ascii.IsValid(text);
        if (text.Length <= EventDocument.MaxKeyword && !isFoundInAnyCase)
        {
            any.Add(Dsl.Term(field, text));
        }

        if (ignoreCase)
        {
            odd.Add(OwnNames.OddCase(field));
            any.Add(Dsl.Term(field, new JsonObject { ["value"] = TextFolding.Fold(text), ["case_insensitive"] = true }));
        }

        if (denoted.Addresses is { } addresses)
        {
            any.Add(Dsl.Addresses(OwnNames.Addresses(field), addresses.First, addresses.Last));
        }

        if (denoted.Dates is { } dates)
        {
            odd.Add(OwnNames.OddDate(field));
            any.Add(Dsl.Instants(OwnNames.Dates(field), dates.First, dates.Last));
        }

        return Part.Exact(Dsl.Or(any));
    }

    private static Part Long(string field, Denoted denoted) =>
        denoted.Whole is { } whole ? Part.Exact(Dsl.Term(field, whole))
        : denoted.Fraction is not { } number || Math.Truncate(number) != number ? Part.Exact(Dsl.None)
        : Math.Abs(number) <= ExactWhole ? Part.Exact(Dsl.Term(field, (long)number))
        : Part.Wide(Dsl.Exists(field));

    private Part Wildcard(string field, WildcardNode wildcard)
    {
        if (wildcard.Pattern.Length > EventDocument.MaxKeyword || wildcard.Pattern.EndsWith('\\'))
        {
            return Part.Wide(Dsl.Exists(field));
        }

        if (!wildcard.IgnoreCase)
        {
            return Part.Exact(Dsl.On("wildcard", field, new JsonObject { ["value"] = wildcard.Pattern }));
        }

        odd.Add(OwnNames.OddCase(field));
        return Part.Exact(Dsl.On("wildcard", field, new JsonObject { ["value"] = TextFolding.Fold(wildcard.Pattern), ["case_insensitive"] = true }));
    }

    private static Part Booleans(string field, Func<string, bool> fits)
    {
        List<JsonObject> any = [];
        if (fits("true"))
        {
            any.Add(Dsl.Term(field, true));
        }

        if (fits("false"))
        {
            any.Add(Dsl.Term(field, false));
        }

        return Part.Exact(Dsl.Or(any));
    }

    /// <summary>A whole bound is compared with longs as it is, any other as a double: exact below 2^53.</summary>
    private static Part Numbers(string field, RangeNode range, bool isLong)
    {
        var bounds = new JsonObject();
        bool isExact = true;
        foreach ((RangeBound? bound, string inclusive, string exclusive) in new[] { (range.Lower, "gte", "gt"), (range.Upper, "lte", "lt") })
        {
            if (bound is null)
            {
                continue;
            }

            string name = bound.Inclusive ? inclusive : exclusive;
            if (isLong && long.TryParse(bound.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
            {
                bounds[name] = whole;
            }
            else if (Denoted.NumberOf(bound.Text) is { } number)
            {
                bounds[name] = number;
                isExact &= !isLong || Math.Abs(number) < ExactWhole;
            }
            else
            {
                return Part.Exact(Dsl.None);
            }
        }

        return isExact ? Part.Exact(Dsl.On("range", field, bounds)) : Part.Wide(Dsl.Exists(field));
    }
}
