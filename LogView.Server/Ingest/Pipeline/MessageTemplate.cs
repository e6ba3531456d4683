using System.Buffers;
using System.Text.Json;
using LogView.Client.Contracts.Events;

namespace LogView.Server.Ingest.Pipeline;

/// <summary>
/// Fills a message template (messagetemplates.org, as CLEF's <c>@mt</c>) from the members of its event. Works on JSON text: what comes out is the inside of
/// a JSON string. A hole with a format takes its text from <c>@r</c>; a hole without a value stays as written.
/// </summary>
internal static class MessageTemplate
{
    /// <summary>A longer message is cut by nobody later: values of 1 MB repeated in a template would multiply.</summary>
    private const int MaxBytes = EventLimits.MaxEventBytes / 2;

    public static void Render(ReadOnlySpan<byte> template, ReadOnlySpan<byte> source, int renderingsAt, ArrayBufferWriter<byte> output)
    {
        int rendering = 0;
        for (ReadOnlySpan<byte> rest = template; !rest.IsEmpty && output.WrittenCount < MaxBytes;)
        {
            int brace = rest.IndexOfAny((byte)'{', (byte)'}');
            output.Write(brace < 0 ? rest : rest[..brace]);
            if (brace < 0)
            {
                return;
            }

            rest = rest[brace..];
            rest = rest.Length > 1 && rest[1] == rest[0] ? Literal(rest, output) : Hole(rest, source, renderingsAt, ref rendering, output);
        }
    }

    private static ReadOnlySpan<byte> Literal(ReadOnlySpan<byte> rest, ArrayBufferWriter<byte> output)
    {
        output.Write(rest[..1]);
        return rest[2..];
    }

    private static ReadOnlySpan<byte> Hole(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> source, int renderingsAt, scoped ref int rendering, ArrayBufferWriter<byte> output)
    {
        int end = rest[0] == '{' ? rest.IndexOf((byte)'}') : -1;
        if (end < 0)
        {
            output.Write(rest[..1]);
            return rest[1..];
        }

        ReadOnlySpan<byte> inner = rest[1..end];
        int colon = inner.IndexOf((byte)':');
        ReadOnlySpan<byte> name = colon < 0 ? inner : inner[..colon];
        int comma = name.IndexOf((byte)',');
        name = (comma < 0 ? name : name[..comma]).TrimStart("@$"u8);
        bool written = (colon >= 0 && renderingsAt > 0 && WriteRendering(source, renderingsAt, rendering++, output)) || WriteValue(name, source, output);
        if (!written)
        {
            output.Write(rest[..(end + 1)]);
        }

        return rest[(end + 1)..];
    }

    private static bool WriteRendering(ReadOnlySpan<byte> source, int renderingsAt, int index, ArrayBufferWriter<byte> output)
    {
        var reader = new Utf8JsonReader(source[renderingsAt..], isFinalBlock: false, default);
        reader.Read();
        for (int i = 0; reader.Read() && reader.TokenType == JsonTokenType.String; i++)
        {
            if (i == index)
            {
                output.Write(reader.ValueSpan);
                return true;
            }
        }

        return false;
    }

    private static bool WriteValue(ReadOnlySpan<byte> name, ReadOnlySpan<byte> source, ArrayBufferWriter<byte> output)
    {
        var reader = new Utf8JsonReader(source, new JsonReaderOptions { MaxDepth = SourceScan.MaxReadableDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool found = !name.IsEmpty && reader.ValueTextEquals(name);
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            bool isText = reader.TokenType == JsonTokenType.String;
            ReadOnlySpan<byte> value = reader.ValueSpan;
            reader.Skip();
            if (found)
            {
                output.Write(isText ? value : Escape(source[start..(int)reader.BytesConsumed]));
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<byte> Escape(ReadOnlySpan<byte> json) =>
        json.ContainsAny((byte)'"', (byte)'\\') || json.ContainsAnyInRange((byte)0, (byte)0x1F)
            ? JsonEncodedText.Encode(json, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes
            : json;
}
