using System.Buffers;

namespace LogView.Server.Ingest.Http;

/// <summary>
/// Cuts a body into lines at LF, CR LF taken off, with a bounded buffer. A line that is too long is skipped and reported in its place. Ask
/// <see cref="TryNext"/> until it says no, then <see cref="FillAsync"/>. A line is valid until the next call of either.
/// </summary>
internal sealed class BodyLines(RequestBody body, int maxLineBytes) : IDisposable
{
    private const int FirstBufferBytes = 256 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
    private int _start;
    private int _end;
    private int _searched;
    private bool _atEnd;
    private bool _skipping;

    /// <summary>Number of the line that <see cref="TryNext"/> gave last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>False when the buffer holds no whole line.</summary>
    /// <param name="line">Without its line end; empty when <paramref name="tooLong"/>.</param>
    /// <param name="tooLong">The line was skipped.</param>
    public bool TryNext(out ReadOnlyMemory<byte> line, out bool tooLong)
    {
        (line, tooLong) = (default, false);
        int found = _buffer.AsSpan(_searched, _end - _searched).IndexOf((byte)'\n');
        if (found < 0)
        {
            _searched = _end;
            return _atEnd && TryLast(out line, out tooLong);
        }

        int lineEnd = _searched + found;
        tooLong = _skipping || lineEnd - _start > maxLineBytes;
        line = tooLong ? default : Trim(_start, lineEnd);
        (_start, _searched, _skipping) = (lineEnd + 1, lineEnd + 1, false);
        Number++;
        return true;
    }

    /// <summary>Reads more; false when the body ended and no line is left.</summary>
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

    private bool TryLast(out ReadOnlyMemory<byte> line, out bool tooLong)
    {
        tooLong = _skipping;
        line = tooLong ? default : Trim(_start, _end);
        bool any = _end > _start || _skipping;
        (_start, _searched, _skipping) = (_end, _end, false);
        Number += any ? 1 : 0;
        return any;
    }

    private ReadOnlyMemory<byte> Trim(int start, int end) =>
        _buffer.AsMemory(start, (end > start && _buffer[end - 1] == '\r' ? end - 1 : end) - start);

    private void MakeRoom()
    {
        if (_end - _start > maxLineBytes)
        {
            // The rest of the line is thrown away as it comes.
            (_skipping, _start) = (true, _end);
        }

        if (_start == _end)
        {
            (_start, _end, _searched) = (0, 0, 0);
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

        (_searched, _start, _end) = (_searched - _start, 0, held);
    }
}
