using System.Buffers;
using LogView.Client.Contracts.Events;
using LogView.Server.Platform;

namespace LogView.Server.Wal;

/// <summary>Events as they will stand in the file, but for their sequences. Owns a pooled buffer: dispose it once, after the write.</summary>
internal sealed class EncodedFrame : IDisposable
{
    private readonly byte[] _buffer;
    private readonly int _payloadBytes;
    private readonly uint _crc;

    private EncodedFrame(byte[] buffer, int payloadBytes, int count)
    {
        (_buffer, _payloadBytes, Count) = (buffer, payloadBytes, count);
        _crc = Crc32C.Of(buffer.AsSpan(WalFormat.FrameHeaderBytes, payloadBytes));
    }

    public int Count { get; }

    public int Bytes => WalFormat.FrameHeaderBytes + _payloadBytes;

    /// <summary>Cuts the events into frames of at most <see cref="WalLimits.MaxFrameBytes"/> (one event may be larger) and encodes them.</summary>
    public static List<EncodedFrame> Encode(IReadOnlyList<LogEvent> events)
    {
        var frames = new List<EncodedFrame>(1);
        int start = 0;
        long bytes = 0;
        for (int i = 0; i < events.Count; i++)
        {
            int size = EventCodec.MaxSize(events[i]);
            if (i > start && bytes + size > WalLimits.MaxFrameBytes)
            {
                frames.Add(Encode(events, start, i, (int)bytes));
                (start, bytes) = (i, 0);
            }

            bytes += size;
        }

        if (start < events.Count)
        {
            frames.Add(Encode(events, start, events.Count, (int)bytes));
        }

        return frames;
    }

    /// <summary>The frame's bytes for the place it got.</summary>
    public ReadOnlyMemory<byte> Place(long firstSequence, int bytesIntoGroup)
    {
        WalFormat.WriteFrameHeader(_buffer, new FrameHeader(_payloadBytes, firstSequence, Count, _crc, bytesIntoGroup));
        return _buffer.AsMemory(0, Bytes);
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private static EncodedFrame Encode(IReadOnlyList<LogEvent> events, int start, int end, int maxBytes)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(WalFormat.FrameHeaderBytes + maxBytes);
        int at = WalFormat.FrameHeaderBytes;
        DataStreamName previous = default;
        for (int i = start; i < end; i++)
        {
            at += EventCodec.Write(buffer.AsSpan(at), events[i], previous);
            previous = events[i].DataStream;
        }

        return new EncodedFrame(buffer, at - WalFormat.FrameHeaderBytes, end - start);
    }
}
