using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LogView.Client.Contracts.Events;

namespace LogView.Client.Discover.Detail;

/// <summary>An event's source as people read it.</summary>
public static class EventJson
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = EventLimits.MaxJsonDepth };
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = EventLimits.MaxJsonDepth };

    /// <summary>Indented, with the same keys in the same order and numbers as written.</summary>
    public static string Pretty(LogEvent logEvent)
    {
        try
        {
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream, Readable))
            using (JsonDocument document = JsonDocument.Parse(logEvent.Source, Deep))
            {
                document.RootElement.WriteTo(writer);
            }

            return Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A lone surrogate, which .NET cannot write back.
            return Exact(logEvent);
        }
    }

    /// <summary>Byte for byte as sent.</summary>
    public static string Exact(LogEvent logEvent) => Encoding.UTF8.GetString(logEvent.Source.Span);
}
