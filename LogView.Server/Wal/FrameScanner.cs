using LogView.Server.Platform;

namespace LogView.Server.Wal;

/// <summary>
/// Walks the frames of one file up to a length, checking every CRC. Bytes that are no frame come out as damage and the walk goes on at the next
/// frame: behind a damaged payload by its length, behind a damaged header by looking for the next undamaged frame. Not for concurrent use.
/// </summary>
internal sealed class FrameScanner(IFile file, long end)
{
    private byte[] _buffer = new byte[(int)Math.Min(WalLimits.ReadBytes, Math.Max(end, WalFormat.FrameHeaderBytes))];
    private long _bufferStart;
    private int _bufferLength;
    private long _at = WalFormat.FileHeaderBytes;
    private long _lastSequence;

    /// <summary>False at the end. The payload is valid until the next call.</summary>
    public bool TryNext(out Scanned scanned)
    {
        scanned = default;
        if (_at >= end)
        {
            return false;
        }

        long start = _at;
        if (TryFrameAt(start, out FrameHeader header, out ReadOnlyMemory<byte> payload))
        {
            _at += header.TotalBytes;
            _lastSequence = header.LastSequence;
            scanned = new Scanned(start, _at - start, header, payload);
            return true;
        }

        _at = AfterDamage(start);
        scanned = new Scanned(start, _at - start, Header: null, Payload: default);
        return true;
    }

    private bool TryFrameAt(long offset, out FrameHeader header, out ReadOnlyMemory<byte> payload)
    {
        payload = default;
        if (!WalFormat.TryReadFrameHeader(Peek(offset, WalFormat.FrameHeaderBytes).Span, out header) || header.FirstSequence <= _lastSequence)
        {
            return false;
        }

        payload = Peek(offset + WalFormat.FrameHeaderBytes, header.PayloadBytes);
        return payload.Length == header.PayloadBytes && Crc32C.Of(payload.Span) == header.PayloadCrc;
    }

    private long AfterDamage(long damaged)
    {
        // A believable length beats a search: what is inside a payload is never taken for a frame.
        if (WalFormat.TryReadFrameHeader(Peek(damaged, WalFormat.FrameHeaderBytes).Span, out FrameHeader header) && damaged + header.TotalBytes <= end)
        {
            return damaged + header.TotalBytes;
        }

        for (long from = damaged + 1; from < end;)
        {
            ReadOnlySpan<byte> window = Peek(from, WalLimits.ReadBytes).Span;
            int found = window.IndexOf(WalFormat.FrameMagic);
            if (found >= 0 && TryFrameAt(from + found, out _, out _))
            {
                return from + found;
            }

            from += found >= 0 ? found + 1 : Math.Max(1, window.Length - WalFormat.FrameMagic.Length + 1);
        }

        return end;
    }

    /// <summary>The bytes at a place, fewer at the end of the file.</summary>
    private ReadOnlyMemory<byte> Peek(long offset, int count)
    {
        count = (int)Math.Min(count, Math.Max(0, end - offset));
        if (offset < _bufferStart || offset + count > _bufferStart + _bufferLength)
        {
            Fill(offset, count);
        }

        int at = (int)(offset - _bufferStart);
        return _buffer.AsMemory(at, Math.Min(count, _bufferLength - at));
    }

    private void Fill(long offset, int count)
    {
        if (count > _buffer.Length)
        {
            _buffer = new byte[count];
        }

        (_bufferStart, _bufferLength) = (offset, 0);
        int wanted = (int)Math.Min(_buffer.Length, end - offset);
        while (_bufferLength < wanted)
        {
            int read = file.Read(offset + _bufferLength, _buffer.AsSpan(_bufferLength, wanted - _bufferLength));
            if (read == 0)
            {
                return;
            }

            _bufferLength += read;
        }
    }
}

/// <param name="Offset">Place in the file.</param>
/// <param name="Bytes">Length of the frame, or of the damage.</param>
/// <param name="Header">Null: the bytes are damaged.</param>
/// <param name="Payload">Of an undamaged frame.</param>
internal readonly record struct Scanned(long Offset, long Bytes, FrameHeader? Header, ReadOnlyMemory<byte> Payload);
