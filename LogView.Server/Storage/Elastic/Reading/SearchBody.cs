using System.Text.Json.Nodes;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Server.Storage.Aggregations;
using LogView.Server.Storage.Elastic.Indices;

namespace LogView.Server.Storage.Elastic.Reading;

/// <summary>Parts of a search's body: what is looked through, in which order, from which place on.</summary>
internal static class SearchBody
{
    /// <summary>Behind all writers: for documents without one.</summary>
    private const string LastWriter = "~";

    /// <summary>The query within the time range and what may be seen; with the odd events of LogView's own.</summary>
    public static JsonObject Query(ClusterQuery query, StoreSearch search, SearchScope scope)
    {
        JsonObject asked = query.Write(search.Query);
        JsonObject wide = scope.Own.Count == 0 || search.Query is MatchAllNode ? asked : Dsl.Or([asked, query.OddEvents()]);
        List<JsonObject> filters = [wide, .. scope.Filters()];
        if (search.Range != TimeRange.All)
        {
            filters.Add(MayHoldOld(search.Range, scope) ? Dsl.Or([Range(search.Range, scope), Dsl.Term(OwnNames.Odd, OwnNames.Timestamp)]) : Range(search.Range, scope));
        }

        return new JsonObject { ["bool"] = new JsonObject { ["filter"] = new JsonArray([.. filters]) } };
    }

    /// <summary>Null when the cluster cannot sort so: a field is not the same everywhere.</summary>
    public static JsonArray? Sort(StoreSearch search, SearchScope scope, ClusterQuery query)
    {
        var keys = new JsonArray();
        bool isBehindValues = IsBehindValues(search);
        foreach (SortField sort in search.Sort)
        {
            string order = sort.Order == SortOrder.Asc ? "asc" : "desc";
            if (FieldDates.IsTimestamp(sort.Field))
            {
                keys.Add((JsonNode)Dsl.Named(scope.TimeField, new JsonObject
                {
                    ["order"] = order, ["missing"] = "_last", ["numeric_type"] = "date_nanos", ["unmapped_type"] = "date_nanos",
                }));
                continue;
            }

            query.Touch(OwnNames.OddValue(sort.Field));
            FieldValues values = FieldValues.Of(sort.Field, scope);
            if (values.IsMixed || values.Kind is FieldKind.Date or FieldKind.Ip)
            {
                return null;
            }

            if (isBehindValues && ReferenceEquals(sort, search.Sort[0]))
            {
                continue;
            }

            keys.Add((JsonNode)Dsl.Named(values.Field ?? sort.Field, new JsonObject
            {
                ["order"] = order, ["missing"] = "_last", ["unmapped_type"] = values.Kind.IsNumber() ? "long" : values.Kind == FieldKind.Boolean ? "boolean" : "keyword",
            }));
        }

        foreach (JsonObject key in Ties(search.Sort[0].Order, scope))
        {
            keys.Add((JsonNode)key);
        }

        return keys;
    }

    /// <summary>
    /// True when all events with the first sort field were shown. What is left is then asked for as such, because what a missing value sorts as differs: of a
    /// boolean it is the least 32-bit number in OpenSearch, the least 64-bit one in Elasticsearch.
    /// </summary>
    public static bool IsBehindValues(StoreSearch search) => search.After is { } after && !FieldDates.IsTimestamp(search.Sort[0].Field)
        && SortCursor.Read(after, search.Sort).Values[0].Kind == FieldValueKind.Null;

    /// <summary>Events without the first sort field, and those that have to be looked at.</summary>
    public static JsonObject WithoutValues(StoreSearch search, SearchScope scope, ClusterQuery query) =>
        FieldValues.Of(search.Sort[0].Field, scope).Field is { } field ? Dsl.Or([Dsl.Not(Dsl.Exists(field)), query.OddEvents()]) : Dsl.All;

    /// <summary>True when the cursor is behind a value that the cluster has not, at least not as a value of the field's kind.</summary>
    public static bool IsAfterOdd(StoreSearch search, SearchScope scope)
    {
        if (search.After is null)
        {
            return false;
        }

        SortKey key = SortCursor.Read(search.After, search.Sort);
        return Enumerable.Range(0, key.Values.Count).Any(i => !FieldDates.IsTimestamp(search.Sort[i].Field)
            && (!Fits(key.Values[i], search.Sort[i], scope) || (i > 0 && key.Values[i].Kind == FieldValueKind.Null)));
    }

    /// <summary>The place in the order to go on behind; events of others that share it are left to <see cref="EventOrder"/>.</summary>
    public static JsonArray? After(StoreSearch search, SearchScope scope)
    {
        if (search.After is null)
        {
            return null;
        }

        SortKey key = SortCursor.Read(search.After, search.Sort);
        var after = new JsonArray();
        for (int i = IsBehindValues(search) ? 1 : 0; i < key.Values.Count; i++)
        {
            after.Add(Value(key.Values[i], search.Sort[i], scope));
        }

        bool isAscending = search.Sort[0].Order == SortOrder.Asc, isOther = key.Sequence >= OtherEvents.FirstSequence;
        after.Add(isOther ? long.MaxValue : key.Sequence);
        if (scope.Own.Count > 0)
        {
            after.Add(isOther ? LastWriter : key.Writer ?? (isAscending ? LastWriter : ""));
        }

        if (scope.Others.Count > 0)
        {
            long number = isOther ? HitReader.NumberOf(key.Sequence) : isAscending ? -1 : long.MaxValue - 1;
            after.Add(isOther ? number + (isAscending ? -1 : 1) : number);
        }

        return after;
    }

    private static IEnumerable<JsonObject> Ties(SortOrder direction, SearchScope scope)
    {
        bool isAscending = direction == SortOrder.Asc;
        string order = isAscending ? "asc" : "desc";
        yield return Dsl.Named(OwnNames.Sequence, new JsonObject { ["order"] = order, ["missing"] = isAscending ? "_last" : "_first", ["unmapped_type"] = "long" });
        if (scope.Own.Count > 0)
        {
            yield return Dsl.Named(OwnNames.Writer, new JsonObject { ["order"] = order, ["missing"] = LastWriter, ["unmapped_type"] = "keyword" });
        }

        if (scope.Others.Count > 0)
        {
            yield return Dsl.Named("_seq_no", new JsonObject { ["order"] = order });
        }
    }

    /// <summary>What the cluster sorts an event by that has this value.</summary>
    private static JsonNode Value(FieldValue value, SortField sort, SearchScope scope)
    {
        if (FieldDates.IsTimestamp(sort.Field))
        {
            return value.AsLong();
        }

        return value.Kind switch
        {
            FieldValueKind.Long when FieldValues.Of(sort.Field, scope).Kind == FieldKind.Double => value.AsDouble(),
            FieldValueKind.Long => value.AsLong(),
            FieldValueKind.Double => value.AsDouble(),
            FieldValueKind.Boolean => value.AsBoolean() ? 1 : 0,
            _ => value.AsString(),
        };
    }

    private static bool Fits(FieldValue value, SortField sort, SearchScope scope) => FieldValues.Of(sort.Field, scope) switch
    {
        { Field: null } => value.Kind == FieldValueKind.Null,
        { Kind: FieldKind.Keyword } => value.Kind is FieldValueKind.String or FieldValueKind.Null,
        { Kind: FieldKind.Long } => value.Kind is FieldValueKind.Long or FieldValueKind.Null,
        { Kind: FieldKind.Double } => value.IsNumber || value.Kind == FieldValueKind.Null,
        { Kind: FieldKind.Boolean } => value.Kind is FieldValueKind.Boolean or FieldValueKind.Null,
        _ => false,
    };

    /// <summary>Only events before 1970 are not at their time in the index. Asking for them beside a range costs the cluster its way along the index of times.</summary>
    private static bool MayHoldOld(TimeRange range, SearchScope scope) => scope.Own.Count > 0 && range.From.UnixNanoseconds <= 0;

    private static JsonObject Range(TimeRange range, SearchScope scope) => scope.Instants(
        range.From, range.To == Timestamp.MaxValue ? range.To : new Timestamp(range.To.UnixNanoseconds - 1));
}

/// <summary>Where the values of a field are for sorting and grouping.</summary>
/// <param name="Field">The cluster's name; null: no index of the scope has the field.</param>
/// <param name="Kind">Of the values.</param>
/// <param name="IsMixed">Not the same everywhere, or not to be had: only the events themselves tell.</param>
internal sealed record FieldValues(string? Field, FieldKind Kind, bool IsMixed)
{
    public static FieldValues Of(string name, SearchScope scope)
    {
        FieldValues own = Of(scope.OwnFields.Find(name)), others = Of(scope.OtherFields.Find(name));
        return own.Field is null && !own.IsMixed ? others
            : others.Field is null && !others.IsMixed ? own
            : own == others ? own
            : new FieldValues(null, FieldKind.Mixed, IsMixed: true);
    }

    private static FieldValues Of(MappedField? field) => field switch
    {
        null => new FieldValues(null, FieldKind.Keyword, IsMixed: false),
        { Kind: FieldKind.Mixed or FieldKind.Flat } or { ValuesFrom: null } => new FieldValues(null, FieldKind.Mixed, IsMixed: true),
        _ => new FieldValues(field.ValuesFrom, field.Kind == FieldKind.Text ? FieldKind.Keyword : field.Kind, IsMixed: false),
    };
}
