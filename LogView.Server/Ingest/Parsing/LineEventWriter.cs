using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using LogView.Client.Contracts.Events;

namespace LogView.Server.Ingest.Parsing;

/// <summary>
/// Makes the source and the derived fields of an event from a parsed line. The source of a JSON line is the line; of text whose message is
/// the line <c>{"message":"…"}</c>; of text with a message of its own <c>{"event":{"original":"…"}}</c>, the message being derived.
/// One per reader: buffers are kept between events.
/// </summary>
public sealed class LineEventWriter
{
    /// <summary>Buffers that one long line made larger than this are given back.</summary>
    private const int KeptBufferBytes = 1024 * 1024;

    // Text is for JSON readers, never for HTML: Korean stays Korean in the stored bytes.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private ArrayBufferWriter<byte> _buffer = new();

    /// <summary>The event's source; new memory.</summary>
    /// <param name="text">The line or the joined lines as decoded: valid UTF-8.</param>
    /// <param name="line">What the parser found in it.</param>
    public ReadOnlyMemory<byte> Source(ReadOnlySpan<byte> text, ParsedLine line)
    {
        if (line.IsJson)
        {
            return text.Trim(" \t\r\n"u8).ToArray();
        }

        using Utf8JsonWriter writer = Start();
        if (line.Message is null)
        {
            writer.WriteString("message"u8, text);
        }
        else
        {
            writer.WriteStartObject("event"u8);
            writer.WriteString("original"u8, text);
            writer.WriteEndObject();
        }

        return Finish(writer);
    }

    /// <summary>What the parser found, then <paramref name="extra"/>; new memory. A name counts once: the first.</summary>
    public ReadOnlyMemory<byte> Derived(ParsedLine line, ReadOnlySpan<(string Name, FieldValue Value)> extra, IReadOnlyList<string> flags)
    {
        using Utf8JsonWriter writer = Start();
        _names.Clear();
        _names.Add("@timestamp");
        if (line.Message is { } message)
        {
            Write(writer, "message", FieldValue.Of(message));
        }

        if (line.Severity.ToLevel() is { } level)
        {
            Write(writer, "log.level", FieldValue.Of(level));
        }

        // What LogView knows about the file must not be replaced by what a line says.
        foreach ((string name, FieldValue value) in extra)
        {
            Write(writer, name, value);
        }

        WriteFlags(writer, flags);
        foreach ((string name, FieldValue value) in line.Fields)
        {
            Write(writer, name, value);
        }

        return Finish(writer);
    }

    private Utf8JsonWriter Start()
    {
        if (_buffer.Capacity > KeptBufferBytes)
        {
            _buffer = new ArrayBufferWriter<byte>();
        }

        _buffer.ResetWrittenCount();
        var writer = new Utf8JsonWriter(_buffer, Options);
        writer.WriteStartObject();
        return writer;
    }

    private ReadOnlyMemory<byte> Finish(Utf8JsonWriter writer)
    {
        writer.WriteEndObject();
        writer.Flush();
        return _buffer.WrittenSpan.ToArray();
    }

    private void WriteFlags(Utf8JsonWriter writer, IReadOnlyList<string> flags)
    {
        if (flags.Count == 0 || !_names.Add("log.flags"))
        {
            return;
        }

        writer.WriteStartArray("log.flags"u8);
        foreach (string flag in flags)
        {
            writer.WriteStringValue(flag);
        }

        writer.WriteEndArray();
    }

    private void Write(Utf8JsonWriter writer, string name, FieldValue value)
    {
        if (!_names.Add(name))
        {
            return;
        }

        switch (value.Kind)
        {
            case FieldValueKind.String:
                writer.WriteString(name, value.AsString());
                break;
            case FieldValueKind.Long:
                writer.WriteNumber(name, value.AsLong());
                break;
            case FieldValueKind.Double:
                writer.WriteNumber(name, value.AsDouble());
                break;
            case FieldValueKind.Boolean:
                writer.WriteBoolean(name, value.AsBoolean());
                break;
            default:
                break;
        }
    }
}
