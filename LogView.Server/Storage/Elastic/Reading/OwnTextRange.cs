using System.Text.Json.Nodes;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Client.Language.Matching;
using LogView.Server.Storage.Elastic.Indices;

namespace LogView.Server.Storage.Elastic.Reading;

/// <summary>Ranges over keyword fields: texts are compared as what they read as, dates with dates, addresses with addresses, numbers with numbers.</summary>
internal sealed class OwnTextRange(MatchClock clock, ISet<string> odd)
{
    public Part Of(string field, RangeNode range)
    {
        Bound? lower = range.Lower is null ? null : new Bound(range.Lower, Denoted.Of(range.Lower.Text, clock));
        Bound? upper = range.Upper is null ? null : new Bound(range.Upper, Denoted.Of(range.Upper.Text, clock));
        Bound any = lower ?? upper!.Value;
        odd.Add(OwnNames.OddDate(field));
        bool isSame = lower is not { } l || upper is not { } u || l.Classes == u.Classes;
        return isSame ? Part.Exact(Dsl.Or([.. Clauses(field, any.Classes, lower, upper)])) : Part.Wide(Dsl.Exists(field));
    }

    private static IEnumerable<JsonObject> Clauses(string field, (bool Dates, bool Addresses, bool Numbers) classes, Bound? lower, Bound? upper)
    {
        if (classes.Dates)
        {
            yield return Dates(OwnNames.Dates(field), lower, upper);
        }

        if (classes.Addresses)
        {
            yield return Between(OwnNames.Addresses(field), lower, upper, (b, isLower) => Indices.Addresses.Format(
                isLower == b.Asked.Inclusive ? b.Denoted.Addresses!.Value.First : b.Denoted.Addresses!.Value.Last));
        }

        if (classes.Numbers)
        {
            yield return Between(OwnNames.Numbers(field), lower, upper, (b, _) => b.Denoted.Fraction!.Value);
        }

        if (classes == default)
        {
            yield return Between(field, lower, upper, (b, _) => b.Asked.Text);
        }
    }

    private static JsonObject Dates(string field, Bound? lower, Bound? upper)
    {
        Timestamp first = lower is not { } l ? Timestamp.MinValue
            : l.Asked.Inclusive ? l.Denoted.Dates!.First : new Timestamp(l.Denoted.Dates!.Last.UnixNanoseconds + 1);
        Timestamp last = upper is not { } u ? Timestamp.MaxValue
            : u.Asked.Inclusive ? u.Denoted.Dates!.Last : new Timestamp(u.Denoted.Dates!.First.UnixNanoseconds - 1);
        return Dsl.Instants(field, first, last);
    }

    private static JsonObject Between(string field, Bound? lower, Bound? upper, Func<Bound, bool, JsonNode> value)
    {
        var bounds = new JsonObject();
        if (lower is { } l)
        {
            bounds[l.Asked.Inclusive ? "gte" : "gt"] = value(l, true);
        }

        if (upper is { } u)
        {
            // At the upper end the last of a block counts when it is included, the first when not.
            bounds[u.Asked.Inclusive ? "lte" : "lt"] = value(u, false);
        }

        return Dsl.On("range", field, bounds);
    }

    private readonly record struct Bound(RangeBound Asked, Denoted Denoted)
    {
        public (bool Dates, bool Addresses, bool Numbers) Classes => (Denoted.Dates is not null, Denoted.Addresses is not null, Denoted.Fraction is not null);
    }
}
