using System.Text.Json;
using System.Text.Json.Nodes;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Language;
using LogView.Client.Contracts.Time;
using LogView.Server.Storage.Aggregations;
using LogView.Server.Storage.Elastic.Indices;

namespace LogView.Server.Storage.Elastic.Reading.Aggregating;

/// <summary>First and last values among the hits, which some aggregations need before they can be asked for.</summary>
internal sealed class Extents
{
    private readonly SearchScope _scope;
    private readonly List<(string Asked, string Field, bool IsDate, JsonObject? Within)> _wanted = [];
    private readonly Dictionary<string, (Timestamp First, Timestamp Last)> _instants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (double Min, double Max)> _numbers = new(StringComparer.Ordinal);

    public Extents(SearchScope scope, StoreSearch search)
    {
        _scope = scope;
        Collect(search.Aggregations.Values, search.Range);
    }

    public bool AreNeeded => _wanted.Count > 0;

    public (Timestamp First, Timestamp Last)? Instants(string field) => _instants.TryGetValue(field, out var extent) ? extent : null;

    public (double Min, double Max)? Numbers(string field) => _numbers.TryGetValue(field, out var extent) ? extent : null;

    /// <summary>Where the instants of a field are; null when they are not the same everywhere.</summary>
    public string? DateField(string field, ClusterQuery query)
    {
        if (FieldDates.IsTimestamp(field))
        {
            return _scope.TimeField;
        }

        query.Touch(OwnNames.OddValue(field));
        query.Touch(OwnNames.OddDate(field));
        MappedField? own = _scope.OwnFields.Find(field), others = _scope.OtherFields.Find(field);
        bool isOwn = own is null or { Kind: not (FieldKind.Mixed or FieldKind.Flat) }, isOthers = others is null or { Kind: FieldKind.Date, Nested: null };
        return others is null && isOwn ? OwnNames.Dates(field) : own is null && isOthers ? field : null;
    }

    public JsonObject Request()
    {
        var request = new JsonObject();
        for (int i = 0; i < _wanted.Count; i++)
        {
            (_, string field, bool isDate, JsonObject? within) = _wanted[i];
            if (isDate)
            {
                request[$"first{i}"] = Within(within, Edge(field, "asc"));
                request[$"last{i}"] = Within(within, Edge(field, "desc"));
            }
            else
            {
                request[$"first{i}"] = new JsonObject { ["min"] = new JsonObject { ["field"] = field } };
                request[$"last{i}"] = new JsonObject { ["max"] = new JsonObject { ["field"] = field } };
            }
        }

        return request;
    }

    /// <summary>False when the cluster does not tell the instant of an event, which then only the events do.</summary>
    public bool Read(JsonElement answers)
    {
        for (int i = 0; i < _wanted.Count; i++)
        {
            (string asked, _, bool isDate, _) = _wanted[i];
            JsonElement first = answers.GetProperty($"first{i}"), last = answers.GetProperty($"last{i}");
            if (isDate)
            {
                if (!IsTold(first) || !IsTold(last))
                {
                    return false;
                }

                if (Instants(first).ToArray() is { Length: > 0 } firsts && Instants(last).ToArray() is { Length: > 0 } lasts)
                {
                    Timestamp[] all = _instants.TryGetValue(asked, out var known) ? [.. firsts, .. lasts, known.First, known.Last] : [.. firsts, .. lasts];
                    _instants[asked] = (all.Min(), all.Max());
                }
            }
            else if (first.GetProperty("value") is { ValueKind: JsonValueKind.Number } min)
            {
                _numbers[asked] = (min.GetDouble(), last.GetProperty("value").GetDouble());
            }
        }

        return true;
    }

    private void Collect(IEnumerable<PlannedAggregation> planned, TimeRange range)
    {
        foreach (PlannedAggregation one in planned)
        {
            switch (one.Aggregation)
            {
                case DateHistogramAggregation date when !FieldDates.IsTimestamp(date.Field):
                    Want(date.Field, _scope.OtherFields.Find(date.Field) is { Kind: FieldKind.Date } ? date.Field : OwnNames.Dates(date.Field), isDate: true);
                    break;
                case DateHistogramAggregation when range.From == Timestamp.MinValue || range.To == Timestamp.MaxValue:
                    WantTimes();
                    break;
                case HistogramAggregation histogram when FieldValues.Of(histogram.Field, _scope) is { Field: { } field, Kind: FieldKind.Long or FieldKind.Double }:
                    Want(histogram.Field, field, isDate: false);
                    break;
            }

            Collect(one.Children.Values, range);
        }
    }

    private void WantTimes()
    {
        if (!_wanted.Exists(w => w.Asked is OwnNames.Timestamp))
        {
            _wanted.AddRange(_scope.ByTime().Select(s => (
                OwnNames.Timestamp, s.TimeField, true, _scope.HasOneTime ? null : Dsl.Terms("_index", s.All.Select(i => i.Name)))));
        }
    }

    private void Want(string asked, string field, bool isDate)
    {
        if (!_wanted.Exists(w => w.Asked.Equals(asked, StringComparison.Ordinal)))
        {
            _wanted.Add((asked, field, isDate, null));
        }
    }

    /// <summary>The cluster's own minimum of a date knows milliseconds only.</summary>
    private static JsonObject Edge(string field, string order) => new()
    {
        ["top_hits"] = new JsonObject
        {
            ["size"] = 1,
            ["_source"] = false,
            ["sort"] = new JsonArray(Dsl.Named(field, new JsonObject
            {
                ["order"] = order, ["missing"] = "_last", ["unmapped_type"] = "date_nanos", ["numeric_type"] = "date_nanos",
            })),
            ["docvalue_fields"] = new JsonArray(new JsonObject { ["field"] = field, ["format"] = Dsl.InstantFormat }),
        },
    };

    private static JsonObject Within(JsonObject? filter, JsonObject edge) =>
        filter is null ? edge : new JsonObject { ["filter"] = filter.DeepClone(), ["aggs"] = new JsonObject { ["edge"] = edge } };

    private static bool IsTold(JsonElement answer) => Values(answer).All(v => v.ValueKind == JsonValueKind.String);

    private static IEnumerable<Timestamp> Instants(JsonElement answer) =>
        Values(answer).Select(v => DateMath.Resolve(v.GetString()!, default, TimeZoneInfo.Utc).Value).OfType<Timestamp>();

    private static IEnumerable<JsonElement> Values(JsonElement answer)
    {
        JsonElement edge = answer.TryGetProperty("edge", out JsonElement inner) ? inner : answer;
        foreach (JsonElement hit in edge.GetProperty("hits").GetProperty("hits").EnumerateArray())
        {
            foreach (JsonProperty field in hit.TryGetProperty("fields", out JsonElement fields) ? fields.EnumerateObject() : default)
            {
                foreach (JsonElement value in field.Value.EnumerateArray())
                {
                    yield return value;
                }
            }
        }
    }
}
