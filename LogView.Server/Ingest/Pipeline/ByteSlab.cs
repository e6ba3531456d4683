namespace LogView.Server.Ingest.Pipeline;

/// <summary>
/// Cuts small pieces of memory out of shared arrays, for events that are kept: one array for about a hundred events instead of two each. Below the size
/// of the large object heap, so that what is dropped early is collected early. Not for concurrent use; nothing is ever handed out twice.
/// </summary>
/// <param name="expectedBytes">A guess at all that will be taken: the first array is not larger.</param>
internal sealed class ByteSlab(int expectedBytes)
{
    private const int ArrayBytes = 64 * 1024;

    private byte[] _array = [];
    private int _used;
    private int _expected = expectedBytes;

    public Memory<byte> Take(int bytes)
    {
        if (bytes > ArrayBytes / 4)
        {
            return new byte[bytes];
        }

        if (_used + bytes > _array.Length)
        {
            _array = GC.AllocateUninitializedArray<byte>(Math.Clamp(_expected, bytes, ArrayBytes));
            _used = 0;
        }

        Memory<byte> memory = _array.AsMemory(_used, bytes);
        _used += bytes;
        _expected = Math.Max(_expected - bytes, 1024);
        return memory;
    }

    public ReadOnlyMemory<byte> Copy(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return default;
        }

        Memory<byte> memory = Take(bytes.Length);
        bytes.CopyTo(memory.Span);
        return memory;
    }
}
