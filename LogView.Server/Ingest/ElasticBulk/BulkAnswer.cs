using System.Text.Json;

namespace LogView.Server.Ingest.ElasticBulk;

/// <summary>Writes the answer to a bulk request in Elasticsearch's shape.</summary>
internal sealed class BulkAnswer(FilterPath filter)
{
    private static readonly string[] ShardMembers = ["total", "successful", "failed"];

    public void Write(Utf8JsonWriter json, IReadOnlyList<BulkItem> items, long tookMilliseconds)
    {
        json.WriteStartObject();
        if (filter.Has("errors"))
        {
            json.WriteBoolean("errors", items.Any(i => i.ErrorType is not null));
        }

        if (filter.Has("took"))
        {
            json.WriteNumber("took", tookMilliseconds);
        }

        Dictionary<string, Shape> shapes = new(StringComparer.Ordinal);
        bool isOpen = false;
        foreach (BulkItem item in items)
        {
            if (!shapes.TryGetValue(item.Action, out Shape? shape))
            {
                shapes[item.Action] = shape = new Shape(filter, item.Action);
            }

            if (shape.HasAny(item))
            {
                if (!isOpen)
                {
                    json.WriteStartArray("items");
                    isOpen = true;
                }

                WriteItem(json, item, shape);
            }
        }

        if (isOpen)
        {
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteItem(Utf8JsonWriter json, in BulkItem item, Shape shape)
    {
        json.WriteStartObject();
        json.WriteStartObject(item.Action);
        if (shape.Index)
        {
            json.WriteString("_index", item.Index);
        }

        if (shape.Id && item.Id is not null)
        {
            json.WriteString("_id", item.Id);
        }

        if (item.ErrorType is null)
        {
            WriteDone(json, item, shape);
        }

        if (shape.Status)
        {
            json.WriteNumber("status", item.Status);
        }

        if (item.ErrorType is not null && (shape.ErrorType || shape.ErrorReason))
        {
            WriteError(json, item, shape);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteDone(Utf8JsonWriter json, in BulkItem item, Shape shape)
    {
        if (shape.Result)
        {
            json.WriteNumber("_version", 1);
            json.WriteString("result", item.Result);
        }

        if (shape.Shards)
        {
            json.WriteStartObject("_shards");
            foreach (string member in ShardMembers)
            {
                json.WriteNumber(member, string.Equals(member, "failed", StringComparison.Ordinal) ? 0 : 1);
            }

            json.WriteEndObject();
            json.WriteNumber("_seq_no", 0);
            json.WriteNumber("_primary_term", 1);
        }
    }

    private static void WriteError(Utf8JsonWriter json, in BulkItem item, Shape shape)
    {
        json.WriteStartObject("error");
        if (shape.ErrorType)
        {
            json.WriteString("type", item.ErrorType);
        }

        if (shape.ErrorReason)
        {
            json.WriteString("reason", item.Reason);
            json.WriteString("index", item.Index);
        }

        json.WriteEndObject();
    }

    /// <summary>What the filter leaves of items of one action; asked once, not once per item.</summary>
    private sealed class Shape(FilterPath filter, string action)
    {
        public bool Index { get; } = filter.Has("items", action, "_index");

        public bool Id { get; } = filter.Has("items", action, "_id");

        public bool Result { get; } = filter.Has("items", action, "result");

        public bool Shards { get; } = filter.Has("items", action, "_shards");

        public bool Status { get; } = filter.Has("items", action, "status");

        public bool ErrorType { get; } = filter.Has("items", action, "error", "type");

        public bool ErrorReason { get; } = filter.Has("items", action, "error", "reason");

        public bool HasAny(in BulkItem item) =>
            Index || Status || (Id && item.Id is not null) || (item.ErrorType is null ? Result || Shards : ErrorType || ErrorReason);
    }
}
