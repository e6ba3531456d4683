namespace LogView.Server.Storage.Embedded.Heads;

/// <summary>Byte strings one after the other in chunks that never move, so that readers need no lock. One writer.</summary>
internal sealed class ChunkedBytes(ChunkPool pool)
{
    private byte[][] _chunks = [new byte[4096]];
    private int _used;
    private int _count;
    private Place[] _places = new Place[16];

    public int Count => Volatile.Read(ref _count);

    /// <summary>Bytes added.</summary>
    public long Length { get; private set; }

    public long Memory { get; private set; } = 4096;

    /// <summary>Valid until <see cref="Recycle"/>.</summary>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            Place place = Volatile.Read(ref _places)[index];
            return Volatile.Read(ref _chunks)[place.Chunk].AsSpan(place.Offset, place.Length);
        }
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (_used + bytes.Length > _chunks[^1].Length)
        {
            AddChunk(Math.Max(bytes.Length, (int)Math.Min(ChunkPool.ChunkBytes, Memory * 2)));
        }

        if (_count == _places.Length)
        {
            var wider = new Place[Growth.Next(_places.Length)];
            _places.CopyTo(wider, 0);
            Volatile.Write(ref _places, wider);
        }

        bytes.CopyTo(_chunks[^1].AsSpan(_used));
        _places[_count] = new Place(_chunks.Length - 1, _used, bytes.Length);
        _used += bytes.Length;
        Length += bytes.Length;
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>Takes back what was added last. Only for events that were never published; their bytes stay in memory.</summary>
    public void Truncate(int count) => Volatile.Write(ref _count, Math.Min(_count, count));

    /// <summary>Gives the chunks back. Whoever reads afterwards, which nobody may, fails and does not see other bytes.</summary>
    public void Recycle()
    {
        byte[][] chunks = Interlocked.Exchange(ref _chunks, []);
        foreach (byte[] chunk in chunks)
        {
            pool.Return(chunk);
        }
    }

    private void AddChunk(int size)
    {
        byte[] chunk = size == ChunkPool.ChunkBytes ? pool.Rent() : GC.AllocateUninitializedArray<byte>(size);
        byte[][] chunks = [.. _chunks, chunk];
        Memory += size;
        Volatile.Write(ref _chunks, chunks);
        _used = 0;
    }

    private readonly record struct Place(int Chunk, int Offset, int Length);
}
