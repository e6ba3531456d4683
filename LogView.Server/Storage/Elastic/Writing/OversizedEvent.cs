using System.Text.Json;
using LogView.Client.Contracts.Events;

namespace LogView.Server.Storage.Elastic.Writing;

/// <summary>
/// An event that no request of the size the cluster takes can hold, as several events in <see cref="BulkItem.Rejected"/>: the texts of their field
/// <c>message</c>, in the order of <c>refused.part</c>, are its source byte for byte.
/// </summary>
internal static class OversizedEvent
{
    /// <summary>The reason that is kept with each part.</summary>
    public const string Why = "too_large";

    /// <summary>Bytes of the source in one part: some times that as a document. What takes no request of this size takes no logs.</summary>
    public const int PartBytes = 16 * 1024;

    /// <summary>A nanosecond apart, so that they have one order.</summary>
    public static IEnumerable<LogEvent> PartsOf(LogEvent whole)
    {
        ReadOnlyMemory<byte>[] texts = [.. Cut(whole.Source)];
        long first = Math.Min(whole.Timestamp.UnixNanoseconds, long.MaxValue - texts.Length);
        for (int i = 0; i < texts.Length; i++)
        {
            yield return new LogEvent
            {
                Id = new EventId($"{BulkItem.HashOf(whole)}-{i + 1}"),
                DataStream = BulkItem.Rejected,
                Timestamp = new Timestamp(first + i),
                Sequence = whole.Sequence,
                Source = SourceOf(whole, texts[i].Span, i + 1, texts.Length),
            };
        }
    }

    private static byte[] SourceOf(LogEvent whole, ReadOnlySpan<byte> text, int part, int parts)
    {
        using MemoryStream output = new();
        using (Utf8JsonWriter json = new(output))
        {
            json.WriteStartObject();
            json.WriteString("message", text);
            json.WriteStartObject("refused");
            json.WriteString("why", Why);
            json.WriteString("data_stream", whole.DataStream.Value);
            json.WriteString("id", whole.Id.Value);
            json.WriteNumber("bytes", whole.Source.Length);
            json.WriteNumber("part", part);
            json.WriteNumber("parts", parts);
            if (part == 1 && !whole.Derived.IsEmpty)
            {
                json.WriteString("derived", whole.Derived.Span);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return output.ToArray();
    }

    /// <summary>Never within a character.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> Cut(ReadOnlyMemory<byte> source)
    {
        for (int at = 0; at < source.Length;)
        {
            int end = Math.Min(at + PartBytes, source.Length);
            while (end < source.Length && end > at + 1 && (source.Span[end] & 0xC0) == 0x80)
            {
                end--;
            }

            yield return source[at..end];
            at = end;
        }
    }
}
