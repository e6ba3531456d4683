using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LogView.Client.Contracts.Events;
using LogView.Client.Language;
using LogView.Server.Storage.Elastic.Indices;

namespace LogView.Server.Storage.Elastic.Reading;

/// <summary>A hit of the cluster as an event.</summary>
/// <param name="Event">The event.</param>
/// <param name="Odd">Marks of what the index alone does not know of it.</param>
internal sealed record ClusterHit(LogEvent Event, IReadOnlyList<string> Odd);

/// <summary>Hits as JSON → events, LogView's own and others'.</summary>
internal static class HitReader
{
    private const int HashBits = 20;

    /// <summary>Fields whose values are asked for beside the source; the cluster's own limit is 100.</summary>
    private const int MaxValueFields = 50;

    /// <summary>What a search body needs for its hits to be read.</summary>
    /// <param name="body">Of the search.</param>
    /// <param name="scope">What it looks through.</param>
    /// <param name="looked">
    /// Fields that LogView looks at in the hits. In indices of others some stand under no such name in the source: aliases, keyword forms.
    /// </param>
    public static void Ask(JsonObject body, SearchScope scope, IEnumerable<string> looked)
    {
        if (scope.Others.Count > 0)
        {
            body["seq_no_primary_term"] = true;
            body["_source"] = new JsonObject { ["excludes"] = new JsonArray("logview.words", OwnNames.Worded, "logview.ips", "logview.dates", "logview.numbers") };
            body["docvalue_fields"] = new JsonArray([.. scope.TimeFields.Select(f => new JsonObject { ["field"] = f, ["format"] = Dsl.InstantFormat }), .. ValueFields(scope, looked)]);
        }
        else
        {
            body["_source"] = new JsonArray("logview.seq", OwnNames.Writer, "logview.time", "logview.odd", "logview.given", "logview.source", "logview.derived");
        }
    }

    /// <summary>Null for a document that cannot be an event.</summary>
    public static ClusterHit? Read(JsonElement hit, SearchScope scope)
    {
        if (scope.Find(hit.GetProperty("_index").GetString()!) is not { } index || !hit.TryGetProperty("_source", out JsonElement source))
        {
            return null;
        }

        bool isOwn = source.TryGetProperty(OwnNames.Root, out JsonElement own) && own.TryGetProperty("source", out _) && own.TryGetProperty("time", out _);
        return isOwn ? ReadOwn(hit, own, index, scope.Writer) : new ClusterHit(ReadOther(hit, source, index), []);
    }

    /// <summary>The cluster's own order of a document, by which others' events of one instant are told apart.</summary>
    public static long NumberOf(long sequence) => (sequence - OtherEvents.FirstSequence) >> HashBits;

    private static ClusterHit ReadOwn(JsonElement hit, JsonElement own, ClusterIndex index, string me)
    {
        bool isMine = own.TryGetProperty("writer", out JsonElement writer) && writer.ValueKind == JsonValueKind.String && writer.ValueEquals(me);
        LogEvent read = new()
        {
            Id = new EventId(hit.GetProperty("_id").GetString()!),
            IsIdGiven = own.TryGetProperty("given", out JsonElement given) && given.GetBoolean(),
            DataStream = index.Stream,
            Timestamp = new Timestamp(own.GetProperty("time").GetInt64()),
            Sequence = own.GetProperty("seq").GetInt64(),
            Source = Encoding.UTF8.GetBytes(own.GetProperty("source").GetString()!),
            Derived = own.TryGetProperty("derived", out JsonElement derived) ? Encoding.UTF8.GetBytes(derived.GetString()!) : default,
            Writer = isMine ? me : writer.ValueKind == JsonValueKind.String ? writer.GetString() : null,
            IsOfOthers = !index.IsOwn || !isMine,
        };
        return new ClusterHit(read, own.TryGetProperty("odd", out JsonElement odd) ? Marks(odd) : []);
    }

    private static string[] Marks(JsonElement odd) =>
        odd.ValueKind == JsonValueKind.Array ? [.. odd.EnumerateArray().Select(o => o.GetString()!)] : [odd.GetString()!];

    private static LogEvent ReadOther(JsonElement hit, JsonElement source, ClusterIndex index)
    {
        string id = hit.GetProperty("_id").GetString()!;
        long number = hit.TryGetProperty("_seq_no", out JsonElement seqNo) ? seqNo.GetInt64() : 0;
        ulong hash = XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"{index.Name}\n{id}"));
        return new LogEvent
        {
            Id = new EventId(id),
            IsIdGiven = true,
            IsOfOthers = true,
            Derived = Beside(hit, source, index.TimeField),
            DataStream = index.Stream,
            Timestamp = TimeOf(hit, index.TimeField),
            Sequence = OtherEvents.FirstSequence + (number << HashBits) + (long)(hash >> (64 - HashBits)),
            Source = Encoding.UTF8.GetBytes(source.GetRawText()),
        };
    }

    private static IEnumerable<JsonNode> ValueFields(SearchScope scope, IEnumerable<string> looked) => looked.Distinct(StringComparer.Ordinal)
        .Where(f => scope.OtherFields.Find(f) is { Kind: FieldKind.Keyword or FieldKind.Long or FieldKind.Double or FieldKind.Boolean } field && f.Equals(field.ValuesFrom, StringComparison.Ordinal))
        .Take(MaxValueFields).Select(f => JsonValue.Create(f));

    /// <summary>Values that the cluster has under names the source does not.</summary>
    private static ReadOnlyMemory<byte> Beside(JsonElement hit, JsonElement source, string timeField)
    {
        if (!hit.TryGetProperty("fields", out JsonElement fields) || fields.EnumerateObject().All(f => f.NameEquals(timeField) || Has(source, f.Name)))
        {
            return default;
        }

        var beside = new JsonObject();
        foreach (JsonProperty field in fields.EnumerateObject().Where(f => !f.NameEquals(timeField) && !Has(source, f.Name)))
        {
            beside[field.Name] = JsonNode.Parse(field.Value.GetRawText());
        }

        return Encoding.UTF8.GetBytes(beside.ToJsonString());
    }

    /// <summary>The source may have a dotted name as path, as name, or as a mixture.</summary>
    private static bool Has(JsonElement source, string name)
    {
        if (source.ValueKind == JsonValueKind.Array)
        {
            return source.EnumerateArray().Any(s => Has(s, name));
        }

        if (source.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        for (int dot = name.IndexOf('.', StringComparison.Ordinal); dot > 0; dot = name.IndexOf('.', dot + 1))
        {
            if (source.TryGetProperty(name.AsSpan(0, dot), out JsonElement inner) && Has(inner, name[(dot + 1)..]))
            {
                return true;
            }
        }

        return source.TryGetProperty(name, out _);
    }

    /// <summary>An event without a timestamp is at the beginning of 1970: it is found when no time range is asked for.</summary>
    private static Timestamp TimeOf(JsonElement hit, string field)
    {
        string? text = hit.TryGetProperty("fields", out JsonElement fields) && fields.TryGetProperty(field, out JsonElement values) && values.GetArrayLength() > 0
            ? values[0].GetString()
            : null;
        return text is null ? new Timestamp(0) : DateMath.Resolve(text, default, TimeZoneInfo.Utc).Value ?? new Timestamp(0);
    }
}
