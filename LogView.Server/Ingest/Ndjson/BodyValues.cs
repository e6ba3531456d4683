using System.Buffers;
using LogView.Server.Ingest.Http;

namespace LogView.Server.Ingest.Ndjson;

/// <summary>Cuts a body into JSON values with a bounded buffer. Ask <see cref="TryNext"/> until it says no, then <see cref="FillAsync"/>.</summary>
internal sealed class BodyValues(RequestBody body, int maxValueBytes) : IDisposable
{
    private const int FirstBufferBytes = 256 * 1024;

    private JsonValueSplitter _splitter = new();
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
    private int _start = -1;
    private int _at;
    private int _end;
    private bool _atEnd;
    private bool _skipping;

    /// <summary>Line on which the value begins that <see cref="TryNext"/> gave last.</summary>
    public long Line => _splitter.ValueLine;

    /// <summary>The body ended inside the array.</summary>
    public bool IsArrayOpen => _atEnd && _splitter.IsInArray;

    /// <summary>A value is valid until the next call of either method.</summary>
    /// <param name="value">Empty when <paramref name="tooLong"/>.</param>
    /// <param name="tooLong">The value was skipped.</param>
    public bool TryNext(out ReadOnlyMemory<byte> value, out bool tooLong)
    {
        (value, tooLong) = (default, false);
        bool found = _splitter.TryFindEnd(_buffer.AsSpan(0, _end), ref _at, ref _start);
        if (!found && !(_atEnd && _start >= 0 && _splitter.IsInValue))
        {
            return false;
        }

        tooLong = _skipping || _at - _start > maxValueBytes;
        value = tooLong ? default : _buffer.AsMemory(_start, _at - _start);
        (_start, _skipping) = (-1, false);
        return true;
    }

    /// <summary>Reads more; false when the body ended.</summary>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_atEnd)
        {
            return false;
        }

        MakeRoom();
        int read = await body.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        _atEnd = read == 0;
        return true;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void MakeRoom()
    {
        if (_start >= 0 && _end - _start > maxValueBytes)
        {
            // The rest of the value is thrown away as it comes.
            _skipping = true;
        }

        if (_start < 0 || _skipping)
        {
            (_start, _at, _end) = (_start < 0 ? -1 : 0, 0, 0);
        }

        if (_end < _buffer.Length)
        {
            return;
        }

        int held = _end - _start;
        byte[] larger = held > _buffer.Length / 2 ? ArrayPool<byte>.Shared.Rent(_buffer.Length * 2) : _buffer;
        _buffer.AsSpan(_start, held).CopyTo(larger);
        if (larger != _buffer)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        (_start, _at, _end) = (0, held, held);
    }
}
