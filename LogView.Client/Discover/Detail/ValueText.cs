using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LogView.Client.Contracts.Events;

namespace LogView.Client.Discover.Detail;

/// <summary>Values of fields as the detail shows them.</summary>
public static class ValueText
{
    /// <summary>Longer values are shown as they are: nobody reads so much of one indented.</summary>
    private const int MaxJson = 100_000;

    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = EventLimits.MaxJsonDepth };
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = EventLimits.MaxJsonDepth };

    /// <summary>Lines of a value, without empty ones at its end.</summary>
    public static int Lines(string value) => value.AsSpan().TrimEnd("\r\n").Count('\n') + 1;

    /// <summary>A text that is a JSON object or list, indented; null for everything else, and for what has several lines already.</summary>
    public static string? Indented(string value)
    {
        ReadOnlySpan<char> text = value.AsSpan().Trim();
        bool looksLikeJson = text is ['{', .., '}'] or ['[', .., ']'];
        if (!looksLikeJson || text.Length > MaxJson || text.Contains('\n'))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(value, Deep);
            if (IsEmpty(document.RootElement))
            {
                return null;
            }

            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream, Readable))
            {
                document.RootElement.WriteTo(writer);
            }

            return Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length)).ReplaceLineEndings("\n");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Text between brackets, or half of a surrogate pair, which .NET cannot write back.
            return null;
        }
    }

    private static bool IsEmpty(JsonElement root) => root.ValueKind == JsonValueKind.Object ? !root.EnumerateObject().Any() : root.GetArrayLength() == 0;
}
