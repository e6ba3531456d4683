namespace LogView.Server.Storage.Embedded.Heads;

/// <summary>
/// Large arrays that one head after the other uses for its sources. As garbage they are collected late and at great cost, and there are fifty a second while
/// much comes in. Safe for concurrent use.
/// </summary>
internal sealed class ChunkPool
{
    public const int ChunkBytes = 1024 * 1024;

    /// <summary>Kept for the next head: about what the largest usual head gives back at once.</summary>
    private const int MostKept = 64;

    private readonly Lock _sync = new();
    private readonly Stack<byte[]> _kept = [];
    private int _leastKept;

    /// <summary>An array of <see cref="ChunkBytes"/> with anything in it.</summary>
    public byte[] Rent()
    {
        lock (_sync)
        {
            bool isKept = _kept.TryPop(out byte[]? chunk);
            _leastKept = Math.Min(_leastKept, _kept.Count);
            return isKept ? chunk! : GC.AllocateUninitializedArray<byte>(ChunkBytes);
        }
    }

    /// <summary>Nobody may look at it any more. Arrays of another length are left to the garbage collector.</summary>
    public void Return(byte[] chunk)
    {
        lock (_sync)
        {
            if (chunk.Length == ChunkBytes && _kept.Count < MostKept)
            {
                _kept.Push(chunk);
            }
        }
    }

    /// <summary>Lets go of what nobody needed since the last call.</summary>
    public void Trim()
    {
        lock (_sync)
        {
            for (; _leastKept > 0; _leastKept--)
            {
                _kept.Pop();
            }

            _leastKept = _kept.Count;
        }
    }
}
