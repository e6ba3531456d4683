using System.Text.Json;
using System.Text.Json.Serialization;
using LogView.Client.Contracts.Events;

namespace LogView.Server.Api.Json;

/// <summary>JSON that goes out byte for byte.</summary>
[JsonConverter(typeof(RawJsonConverter))]
public readonly record struct RawJson(ReadOnlyMemory<byte> Utf8);

internal sealed class RawJsonConverter : JsonConverter<RawJson>
{
    public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

    /// <summary>Not validated again: what is stored was read as a JSON object when it was received.</summary>
    public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) => writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
}

/// <summary>A value of an event: a text, a number or a boolean.</summary>
[JsonConverter(typeof(JsonScalarConverter))]
public readonly record struct JsonScalar(FieldValue Value)
{
    /// <summary>As typed into a query.</summary>
    public string Text => Value.ToString();
}

internal sealed class JsonScalarConverter : JsonConverter<JsonScalar>
{
    public override JsonScalar Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.TokenType switch
    {
        JsonTokenType.String => FieldValue.Of(reader.GetString()!),
        JsonTokenType.True => FieldValue.Of(true),
        JsonTokenType.False => FieldValue.Of(false),
        JsonTokenType.Number when reader.TryGetInt64(out long whole) => FieldValue.Of(whole),
        JsonTokenType.Number => FieldValue.Of(reader.GetDouble()),
        _ => throw new JsonException("expected a string, a number or a boolean"),
    });

    /// <summary>Numbers beyond JSON's (an event may hold 1e999) go out as texts.</summary>
    public override void Write(Utf8JsonWriter writer, JsonScalar value, JsonSerializerOptions options)
    {
        switch (value.Value.Kind)
        {
            case FieldValueKind.Long:
                writer.WriteNumberValue(value.Value.AsLong());
                break;
            case FieldValueKind.Double when double.IsFinite(value.Value.AsDouble()):
                writer.WriteNumberValue(value.Value.AsDouble());
                break;
            case FieldValueKind.Boolean:
                writer.WriteBooleanValue(value.Value.AsBoolean());
                break;
            default:
                writer.WriteStringValue(value.Text);
                break;
        }
    }
}
