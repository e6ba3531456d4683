namespace LogView.Server.Wal;

/// <summary>One file of the log, as far as it is durable. The last one grows; the committer alone calls <see cref="Grow"/>.</summary>
internal sealed class WalSegment(string path, long firstSequence, long lastSequence, long durableBytes)
{
    private long _lastSequence = lastSequence;
    private long _durableBytes = durableBytes;

    public string Path => path;

    public long FirstSequence => firstSequence;

    /// <summary>Frames beyond it were never acknowledged and are not the log's. <see cref="FirstSequence"/> - 1 when the file has no events.</summary>
    public long LastSequence => Volatile.Read(ref _lastSequence);

    public long DurableBytes => Volatile.Read(ref _durableBytes);

    public void Grow(long newLastSequence, long newDurableBytes)
    {
        Volatile.Write(ref _durableBytes, newDurableBytes);
        Volatile.Write(ref _lastSequence, newLastSequence);
    }
}

/// <summary>The files of the log in order. Readers take an array that never changes; writers replace it.</summary>
internal sealed class WalSegments(IEnumerable<WalSegment> segments)
{
    private readonly Lock _lock = new();
    private volatile WalSegment[] _all = [.. segments];

    public WalSegment[] All => _all;

    public long TotalBytes => _all.Sum(s => s.DurableBytes);

    public void Add(WalSegment segment)
    {
        lock (_lock)
        {
            _all = [.. _all, segment];
        }
    }

    public void Remove(WalSegment segment)
    {
        lock (_lock)
        {
            _all = [.. _all.Where(s => s != segment)];
        }
    }

    /// <summary>The file with the first event after <paramref name="sequence"/>, or null.</summary>
    public WalSegment? After(long sequence)
    {
        WalSegment[] all = _all;
        return Array.Find(all, s => s.LastSequence > sequence && s.LastSequence >= s.FirstSequence);
    }
}
