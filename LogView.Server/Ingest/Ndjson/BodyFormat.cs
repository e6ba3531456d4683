using System.Net.Http.Headers;

namespace LogView.Server.Ingest.Ndjson;

internal enum BodyFormat : byte
{
    /// <summary>One JSON object a line: a broken line harms no other.</summary>
    JsonLines,

    /// <summary>An array of objects, or objects one after another on any lines.</summary>
    Json,

    /// <summary>Each line is an event, read as a line of a file is.</summary>
    Text,

    /// <summary>Nothing is said: the first byte decides.</summary>
    Unknown,
}

internal static class BodyFormats
{
    public const string Expected = "application/x-ndjson, application/json or text/plain";

    /// <summary>Null for a media type that is none of these.</summary>
    public static BodyFormat? Of(string? contentType)
    {
        if (string.IsNullOrWhiteSpace(contentType) || !MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type))
        {
            return string.IsNullOrWhiteSpace(contentType) ? BodyFormat.Unknown : null;
        }

        return type.MediaType?.ToLowerInvariant() switch
        {
            "application/x-ndjson" or "application/ndjson" or "application/jsonl" or "application/x-jsonlines" or "application/jsonlines"
                or "application/vnd.serilog.clef" or "application/vnd.elasticsearch+x-ndjson" => BodyFormat.JsonLines,
            "application/json" or "text/json" => BodyFormat.Json,
            "text/plain" => BodyFormat.Text,
            // What curl sends with -d, and what says nothing.
            "application/x-www-form-urlencoded" or "application/octet-stream" => BodyFormat.Unknown,
            _ => null,
        };
    }

    /// <summary>What begins like JSON is JSON.</summary>
    public static BodyFormat Guess(ReadOnlySpan<byte> start)
    {
        ReadOnlySpan<byte> text = start.TrimStart(" \t\r\n"u8);
        return text.StartsWith("["u8) || text.StartsWith("{"u8) ? BodyFormat.Json : BodyFormat.Text;
    }
}
