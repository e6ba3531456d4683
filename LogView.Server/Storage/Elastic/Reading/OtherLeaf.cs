using System.Text.Json.Nodes;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Client.Language.Dsl;
using LogView.Client.Language.Matching;
using LogView.Server.Storage.Elastic.Indices;
using LogView.Server.Storage.Elastic.Reading.Texts;

namespace LogView.Server.Storage.Elastic.Reading;

/// <summary>
/// One clause on one field of an index that others fill: as its mapping allows. Words are what that index's analysis makes of them; regular expressions are
/// checked on the events themselves.
/// </summary>
internal sealed class OtherLeaf(MatchClock clock, TimeZoneInfo zone)
{
    private readonly OwnLeaf _plain = new(clock, new WordQuery([]), new HashSet<string>(StringComparer.Ordinal));

    public Part Of(QueryNode node, MappedField field, bool isDefault) => (node, field.Kind) switch
    {
        (ExistsNode, FieldKind.FlatMember) => Part.Exact(Member(field)),
        (ExistsNode, _) => Part.Exact(Dsl.Exists(field.Name)),
        (TermNode { IgnoreCase: false } or PhraseNode { IgnoreCase: false }, FieldKind.FlatMember) => Part.Exact(Dsl.Term(field.Name, Value(node))),
        (_, FieldKind.FlatMember) => Part.Wide(Member(field)),
        (RegexNode, _) => Part.Wide(Dsl.Exists(field.Name)),
        (_, FieldKind.Keyword) when isDefault => Part.Exact(Contains(node, field.Name)),
        (TermNode or PhraseNode, FieldKind.Keyword) => Part.Exact(Dsl.Term(field.Name, Value(node))),
        (RangeNode range, FieldKind.Keyword) => Part.Exact(Ordinal(field.Name, range)),
        (_, FieldKind.Long or FieldKind.Double or FieldKind.Boolean) => _plain.Of(node, field.Name, field.Kind),
        (WildcardNode or FuzzyNode, FieldKind.Date or FieldKind.Ip) => Part.Wide(Dsl.Exists(field.Name)),
        (_, FieldKind.Date) => Part.Exact(Date(node, field.Name)),
        (_, FieldKind.Ip) => Part.Exact(Address(node, field.Name)),
        _ => Part.Exact(Written(node, field)),
    };

    /// <summary>OpenSearch's test for existence finds only members of the first level.</summary>
    private static JsonObject Member(MappedField field) =>
        field.Type is "flat_object" ? Dsl.On("wildcard", field.Name, new JsonObject { ["value"] = "*" }) : Dsl.Exists(field.Name);

    private static JsonObject Value(QueryNode node)
    {
        (string text, bool ignoreCase) = node is TermNode term ? (term.Text, term.IgnoreCase) : node is PhraseNode phrase ? (phrase.Text, phrase.IgnoreCase) : ("", false);
        var value = new JsonObject { ["value"] = text };
        if (ignoreCase)
        {
            value["case_insensitive"] = true;
        }

        return value;
    }

    /// <summary>A whole value is looked through as text: the nearest to words there is.</summary>
    private static JsonObject Contains(QueryNode node, string field)
    {
        string text = node switch { TermNode t => t.Text, PhraseNode p => p.Text, WildcardNode w => w.Pattern, FuzzyNode f => f.Text, _ => "" };
        string pattern = node is WildcardNode ? text : LogView.Client.Language.WildcardPattern.Escape(text);
        return Dsl.On("wildcard", field, new JsonObject { ["value"] = $"*{pattern}*", ["case_insensitive"] = true });
    }

    private static JsonObject Ordinal(string field, RangeNode range)
    {
        var bounds = new JsonObject();
        if (range.Lower is { } lower)
        {
            bounds[lower.Inclusive ? "gte" : "gt"] = lower.Text;
        }

        if (range.Upper is { } upper)
        {
            bounds[upper.Inclusive ? "lte" : "lt"] = upper.Text;
        }

        return Dsl.On("range", field, bounds);
    }

    private JsonObject Date(QueryNode node, string field)
    {
        (Timestamp First, Timestamp Last)? instants = node switch
        {
            RangeNode range => new RangeTest(range, clock).Instants(),
            TermNode term => Denoted.Of(term.Text, clock).Dates is { } dates ? (dates.First, dates.Last) : null,
            PhraseNode phrase => Denoted.Of(phrase.Text, clock).Dates is { } dates ? (dates.First, dates.Last) : null,
            _ => null,
        };
        return instants is { } found ? Dsl.Instants(field, found.First, found.Last) : Dsl.None;
    }

    private static JsonObject Address(QueryNode node, string field)
    {
        AddressRange? lower = null, upper = null;
        switch (node)
        {
            case TermNode term:
                lower = upper = AddressRange.Of(term.Text);
                break;
            case PhraseNode phrase:
                lower = upper = AddressRange.Of(phrase.Text);
                break;
            case RangeNode range:
                lower = range.Lower is null ? new AddressRange(0, 0) : AddressRange.Of(range.Lower.Text);
                upper = range.Upper is null ? new AddressRange(UInt128.MaxValue, UInt128.MaxValue) : AddressRange.Of(range.Upper.Text);
                break;
        }

        return lower is { } first && upper is { } last ? Dsl.Addresses(field, first.First, last.Last) : Dsl.None;
    }

    /// <summary>As Kibana writes it.</summary>
    private JsonObject Written(QueryNode node, MappedField field) =>
        ElasticQueryWriter.Write(On(node, field.Name), new ElasticQueryOptions { Fields = [new ElasticField(field.Name, field.Type)], TimeZone = zone.Id });

    private static QueryNode On(QueryNode node, string field) => node switch
    {
        TermNode term => term with { Field = FieldTarget.Of(field) },
        PhraseNode phrase => phrase with { Field = FieldTarget.Of(field) },
        WildcardNode wildcard => wildcard with { Field = FieldTarget.Of(field) },
        FuzzyNode fuzzy => fuzzy with { Field = FieldTarget.Of(field) },
        RangeNode range => range with { Field = FieldTarget.Of(field) },
        _ => node,
    };
}
