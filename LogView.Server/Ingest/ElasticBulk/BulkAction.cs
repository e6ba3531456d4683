using System.Text;
using System.Text.Json;
using LogView.Client.Contracts.Events;

namespace LogView.Server.Ingest.ElasticBulk;

internal enum BulkVerb : byte
{
    Index,
    Create,
    Update,
    Delete,
}

/// <param name="Index">Null: not said.</param>
/// <param name="Id">Null: none, or empty as rsyslog sends it.</param>
internal readonly record struct BulkAction(BulkVerb Verb, string? Index, string? Id)
{
    public string Name => Verb switch
    {
        BulkVerb.Index => "index",
        BulkVerb.Create => "create",
        BulkVerb.Update => "update",
        _ => "delete",
    };

    public bool HasSource => Verb != BulkVerb.Delete;

    /// <summary>
    /// Reads an action line such as <c>{"create":{"_index":"logs-app","_id":"1"}}</c>. What it has besides (<c>_type</c>, <c>pipeline</c>, <c>routing</c>, a second
    /// member as winston-elasticsearch sends it) is left aside. Null with the words Elasticsearch puts behind "Malformed action/metadata line [n], ".
    /// </summary>
    public static BulkAction? Parse(ReadOnlySpan<byte> line, out string? problem)
    {
        problem = null;
        try
        {
            var reader = new Utf8JsonReader(line);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                problem = $"expected START_OBJECT but found [{NameOf(reader.TokenType)}]";
                return null;
            }

            if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
            {
                problem = "expected FIELD_NAME but found [END_OBJECT]";
                return null;
            }

            if (VerbOf(reader) is not { } verb)
            {
                problem = $"expected one of [create, delete, index, update] but found [{Shorten(JsonText.Read(ref reader))}]";
                return null;
            }

            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                problem = $"expected START_OBJECT but found [{NameOf(reader.TokenType)}]";
                return null;
            }

            BulkAction action = ReadTarget(ref reader, verb);
            while (reader.Read())
            {
                // A second member, or bytes behind the object, which the reader refuses.
            }

            return action;
        }
        catch (JsonException)
        {
            problem = "expected a JSON object";
            return null;
        }
    }

    private static BulkVerb? VerbOf(in Utf8JsonReader reader) =>
        reader.ValueTextEquals("index"u8) ? BulkVerb.Index
        : reader.ValueTextEquals("create"u8) ? BulkVerb.Create
        : reader.ValueTextEquals("update"u8) ? BulkVerb.Update
        : reader.ValueTextEquals("delete"u8) ? BulkVerb.Delete
        : null;

    private static BulkAction ReadTarget(ref Utf8JsonReader reader, BulkVerb verb)
    {
        string? index = null, id = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isIndex = reader.ValueTextEquals("_index"u8);
            bool isId = reader.ValueTextEquals("_id"u8);
            reader.Read();
            index = isIndex ? Scalar(ref reader) : index;
            id = isId ? Scalar(ref reader) : id;
            reader.Skip();
        }

        return new BulkAction(verb, string.IsNullOrEmpty(index) ? null : index, string.IsNullOrEmpty(id) ? null : id);
    }

    private static string? Scalar(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => JsonText.Read(ref reader),
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
        _ => null,
    };

    private static string NameOf(JsonTokenType token) => token switch
    {
        JsonTokenType.StartArray => "START_ARRAY",
        JsonTokenType.String => "VALUE_STRING",
        JsonTokenType.Number => "VALUE_NUMBER",
        JsonTokenType.True or JsonTokenType.False => "VALUE_BOOLEAN",
        JsonTokenType.Null => "VALUE_NULL",
        _ => "null",
    };

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40];
}
