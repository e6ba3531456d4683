namespace LogView.Tests.Platform;

/// <summary>The content of one file: as programs see it, and as it would be found after the machine stopped.</summary>
internal sealed class FaultyNode
{
    private readonly List<(long Offset, byte[] Bytes)> _unsynced = [];
    private byte[] _durable = [];

    public byte[] Written { get; private set; } = [];

    public void Write(long offset, byte[] bytes)
    {
        Written = Apply(Written, offset, bytes);
        _unsynced.Add((offset, bytes));
    }

    public void Sync()
    {
        foreach ((long offset, byte[] bytes) in _unsynced)
        {
            _durable = Apply(_durable, offset, bytes);
        }

        _unsynced.Clear();
    }

    /// <summary>After a failed sync Linux takes the pages for clean: they can still be read, and no later sync writes them.</summary>
    public void LoseUnsynced() => _unsynced.Clear();

    public void Restart(Survives survives, Random random)
    {
        foreach ((long offset, byte[] bytes) in _unsynced)
        {
            int length = survives switch
            {
                Survives.HalfOfUnsynced => bytes.Length / 2,
                Survives.SomeOfUnsynced => random.Next(3) switch { 0 => 0, 1 => bytes.Length, _ => random.Next(bytes.Length + 1) },
                _ => 0,
            };
            if (length > 0)
            {
                _durable = Apply(_durable, offset, bytes[..length]);
            }
        }

        Written = survives == Survives.Everything ? Written : _durable;
        _durable = Written;
        _unsynced.Clear();
    }

    public void Rot(long offset, int count)
    {
        byte[] rotten = [.. Written];
        for (long i = offset; i < offset + count; i++)
        {
            rotten[i] ^= 0x5A;
        }

        Written = _durable = rotten;
    }

    private static byte[] Apply(byte[] content, long offset, byte[] bytes)
    {
        byte[] changed = new byte[Math.Max(content.Length, offset + bytes.Length)];
        content.CopyTo(changed, 0);
        bytes.CopyTo(changed, offset);
        return changed;
    }
}
