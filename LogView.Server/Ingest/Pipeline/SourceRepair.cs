using System.Buffers;
using System.Text;
using System.Text.Json;
using LogView.Client.Contracts.Events;

namespace LogView.Server.Ingest.Pipeline;

/// <summary>
/// Makes a source that can be kept out of one that cannot: bytes that are no UTF-8 become U+FFFD, what is nested too deep becomes its own JSON text, and
/// of a source that is too long each long string is cut, then the rest of the members left out. What is done is marked on the event.
/// </summary>
internal static class SourceRepair
{
    /// <summary>Half of what an event may have: one endless stack trace must not push out the fields behind it.</summary>
    private const int LongestString = EventLimits.MaxEventBytes / 2;

    /// <summary>Kept free for the brackets that close what is open.</summary>
    private const int Reserve = 4 * 1024;

    public static byte[] ReplaceInvalidUtf8(ReadOnlySpan<byte> source) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(source));

    /// <summary>A valid object of at most <see cref="EventLimits.MaxEventBytes"/> and <see cref="EventLimits.MaxJsonDepth"/>.</summary>
    public static byte[] Rewrite(ReadOnlySpan<byte> source)
    {
        var reader = new Utf8JsonReader(source, new JsonReaderOptions { MaxDepth = SourceScan.MaxReadableDepth });
        var output = new Output(source.Length);
        while (!output.IsFull && reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    output.Name(reader.ValueSpan);
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray when reader.CurrentDepth >= EventLimits.MaxJsonDepth:
                    int start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    output.Text(Escape(source[start..(int)reader.BytesConsumed]));
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    output.Open(reader.TokenType == JsonTokenType.StartObject);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    output.Close();
                    break;
                case JsonTokenType.String:
                    output.Text(reader.ValueSpan);
                    break;
                default:
                    output.Literal(reader.ValueSpan);
                    break;
            }
        }

        return output.Finish();
    }

    private static ReadOnlySpan<byte> Escape(ReadOnlySpan<byte> json) =>
        JsonEncodedText.Encode(json, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes;

    private sealed class Output(int sourceBytes)
    {
        private readonly ArrayBufferWriter<byte> _bytes = new(Math.Min(sourceBytes, EventLimits.MaxEventBytes) + Reserve);
        private readonly Stack<bool> _open = [];
        private ReadOnlyMemory<byte> _name;
        private bool _hasName;
        private bool _needsComma;

        /// <summary>Something did not fit; what follows is left out too.</summary>
        public bool IsFull { get; private set; }

        private int Room => EventLimits.MaxEventBytes - Reserve - _bytes.WrittenCount;

        public void Name(ReadOnlySpan<byte> escaped) => (_name, _hasName) = (escaped.ToArray(), true);

        public void Open(bool isObject)
        {
            if (!Begin(2))
            {
                return;
            }

            _bytes.Write(isObject ? "{"u8 : "["u8);
            _open.Push(isObject);
            _needsComma = false;
        }

        public void Close()
        {
            _bytes.Write(_open.Pop() ? "}"u8 : "]"u8);
            _needsComma = true;
        }

        public void Text(ReadOnlySpan<byte> escaped)
        {
            ReadOnlySpan<byte> kept = Cut(escaped, Math.Min(LongestString, Math.Max(0, Room - _name.Length - 16)));
            if (Begin(kept.Length + 2))
            {
                _bytes.Write("\""u8);
                _bytes.Write(kept);
                _bytes.Write("\""u8);
                _needsComma = true;
            }
        }

        public void Literal(ReadOnlySpan<byte> raw)
        {
            if (Begin(raw.Length))
            {
                _bytes.Write(raw);
                _needsComma = true;
            }
        }

        public byte[] Finish()
        {
            while (_open.Count > 0)
            {
                Close();
            }

            return _bytes.WrittenSpan.ToArray();
        }

        /// <summary>Comma and name; false, and the output is full, when the value does not fit.</summary>
        private bool Begin(int valueBytes)
        {
            IsFull = valueBytes + _name.Length + 4 > Room;
            if (IsFull)
            {
                return false;
            }

            if (_needsComma)
            {
                _bytes.Write(","u8);
            }

            if (_hasName)
            {
                _bytes.Write("\""u8);
                _bytes.Write(_name.Span);
                _bytes.Write("\":"u8);
                (_name, _hasName) = (default, false);
            }

            return true;
        }
    }

    /// <summary>At most so many bytes, not inside a character or an escape.</summary>
    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> escaped, int max)
    {
        if (escaped.Length <= max)
        {
            return escaped;
        }

        int at = 0;
        while (true)
        {
            int length = escaped[at] switch
            {
                (byte)'\\' => escaped[at + 1] == 'u' ? 6 : 2,
                < 0x80 => 1,
                < 0xE0 => 2,
                < 0xF0 => 3,
                _ => 4,
            };
            if (at + length > max)
            {
                return escaped[..at];
            }

            at += length;
        }
    }
}
