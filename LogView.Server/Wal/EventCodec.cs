using System.Buffers.Binary;
using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Server.Platform;

namespace LogView.Server.Wal;

/// <summary>
/// Events ⇄ the payload of a frame. Per event: a flags byte (1: the id was given by the shipper, 2: same data stream as the event before),
/// the data stream unless the same, the id, the timestamp (8 bytes), the source and the derived fields; texts and blobs are a varint length and bytes.
/// </summary>
internal static class EventCodec
{
    private const byte IdIsGiven = 1;
    private const byte SameDataStream = 2;
    private const int MaxVarint = 5;

    /// <summary>Upper bound of the bytes <see cref="Write"/> needs.</summary>
    public static int MaxSize(LogEvent e) =>
        1 + sizeof(long) + 4 * MaxVarint + 3 * (e.DataStream.Value.Length + e.Id.Value.Length) + e.Source.Length + e.Derived.Length;

    /// <summary>Returns the bytes written.</summary>
    public static int Write(Span<byte> to, LogEvent e, DataStreamName previous)
    {
        bool same = string.Equals(e.DataStream.Value, previous.Value, StringComparison.Ordinal);
        to[0] = (byte)((e.IsIdGiven ? IdIsGiven : 0) | (same ? SameDataStream : 0));
        int at = 1;
        if (!same)
        {
            at += WriteText(to[at..], e.DataStream.Value);
        }

        at += WriteText(to[at..], e.Id.Value);
        BinaryPrimitives.WriteInt64LittleEndian(to[at..], e.Timestamp.UnixNanoseconds);
        at += sizeof(long);
        at += WriteBytes(to[at..], e.Source.Span);
        at += WriteBytes(to[at..], e.Derived.Span);
        return at;
    }

    /// <summary>
    /// Adds the frame's events to <paramref name="events"/>, but for those up to <paramref name="afterSequence"/> and, if
    /// <paramref name="onlyGivenIds"/>, those whose id LogView made. The events keep slices of the payload. Throws <see cref="InvariantBrokenException"/> when the bytes, whose CRC fitted, are not events.
    /// </summary>
    public static void Read(ReadOnlyMemory<byte> payload, in FrameHeader header, long afterSequence, List<LogEvent> events, bool onlyGivenIds = false)
    {
        DataStreamName dataStream = default;
        var reader = new PayloadReader(payload);
        for (int i = 0; i < header.Count; i++)
        {
            byte flags = reader.Byte();
            if ((flags & SameDataStream) == 0)
            {
                dataStream = DataStreamName.Parse(reader.Text());
            }

            ReadOnlyMemory<byte> id = reader.Bytes();
            var timestamp = new Timestamp(reader.Long());
            ReadOnlyMemory<byte> source = reader.Bytes();
            ReadOnlyMemory<byte> derived = reader.Bytes();
            long sequence = header.FirstSequence + i;
            if (sequence > afterSequence && (!onlyGivenIds || (flags & IdIsGiven) != 0))
            {
                events.Add(new LogEvent
                {
                    Id = new EventId(Encoding.UTF8.GetString(id.Span)), IsIdGiven = (flags & IdIsGiven) != 0, DataStream = dataStream,
                    Timestamp = timestamp, Sequence = sequence, Source = source, Derived = derived,
                });
            }
        }

        Invariant.Check(reader.AtEnd, "a frame of the write-ahead log is longer than its events");
    }

    private static int WriteText(Span<byte> to, string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        int at = WriteVarint(to, length);
        return at + Encoding.UTF8.GetBytes(text, to[at..]);
    }

    private static int WriteBytes(Span<byte> to, ReadOnlySpan<byte> bytes)
    {
        int at = WriteVarint(to, bytes.Length);
        bytes.CopyTo(to[at..]);
        return at + bytes.Length;
    }

    private static int WriteVarint(Span<byte> to, int value)
    {
        uint rest = (uint)value;
        int at = 0;
        for (; rest >= 0x80; rest >>= 7)
        {
            to[at++] = (byte)(rest | 0x80);
        }

        to[at++] = (byte)rest;
        return at;
    }

    private ref struct PayloadReader(ReadOnlyMemory<byte> payload)
    {
        private readonly ReadOnlySpan<byte> _span = payload.Span;
        private int _at;

        public readonly bool AtEnd => _at == payload.Length;

        public byte Byte()
        {
            Invariant.Check(_at < payload.Length, "a frame of the write-ahead log ends inside an event");
            return _span[_at++];
        }

        public long Long()
        {
            Invariant.Check(_at + sizeof(long) <= payload.Length, "a frame of the write-ahead log ends inside a timestamp");
            long value = BinaryPrimitives.ReadInt64LittleEndian(_span[_at..]);
            _at += sizeof(long);
            return value;
        }

        public string Text() => Encoding.UTF8.GetString(Bytes().Span);

        public ReadOnlyMemory<byte> Bytes()
        {
            int length = Varint();
            Invariant.Check(length >= 0 && length <= payload.Length - _at, "a frame of the write-ahead log ends inside a text");
            ReadOnlyMemory<byte> bytes = payload.Slice(_at, length);
            _at += length;
            return bytes;
        }

        private int Varint()
        {
            uint value = 0;
            for (int shift = 0; ; shift += 7)
            {
                byte b = Byte();
                value |= (uint)(b & 0x7F) << shift;
                if (b < 0x80 || shift > 28)
                {
                    return (int)value;
                }
            }
        }
    }
}
