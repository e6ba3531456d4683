using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using LogView.Client.Contracts.Events;

namespace LogView.Server.Demo;

/// <summary>One made-up event.</summary>
/// <param name="At">Its time.</param>
/// <param name="Source">UTF-8 JSON.</param>
public sealed record DemoEvent(DateTimeOffset At, ReadOnlyMemory<byte> Source)
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the fields in the given order; values are text, whole and broken numbers, booleans.</summary>
    public static DemoEvent Write(DateTimeOffset at, IEnumerable<(string Name, object Value)> fields)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("@timestamp", Timestamp.From(at).ToString());
            foreach ((string name, object value) in fields)
            {
                json.WritePropertyName(name);
                JsonSerializer.Serialize(json, value);
            }

            json.WriteEndObject();
        }

        return new DemoEvent(at, buffer.WrittenMemory);
    }
}
