using System.Buffers;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using LogView.Client.Contracts.Events;

namespace LogView.Server.Wal;

/// <summary>
/// Given ids of events that are being written or that the event store does not know yet. Between the two of them every id of an acknowledged
/// event is found. Ids are kept as keyed 128-bit hashes and sources as 64-bit ones: small, and not to be made to collide from outside.
/// </summary>
internal sealed class RecentIds
{
    private readonly Lock _lock = new();
    private readonly Dictionary<UInt128, Entry> _entries = [];
    private readonly Queue<(UInt128 Key, long Sequence)> _order = [];
    private readonly long _seed = BitConverter.ToInt64(System.Security.Cryptography.RandomNumberGenerator.GetBytes(sizeof(long)));

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>
    /// Claims the given ids of a call, all or none. Null: another call that is being written holds one of them; wait for
    /// <paramref name="blocker"/> and try again. The claim must end in <see cref="Commit"/> or <see cref="Release"/>.
    /// </summary>
    public IdClaim? TryClaim(IReadOnlyList<LogEvent> events, out Task blocker)
    {
        var claim = new IdClaim(events.Count);
        blocker = Task.CompletedTask;
        lock (_lock)
        {
            for (int i = 0; i < events.Count; i++)
            {
                if (events[i].IsIdGiven && !TryClaim(claim, events[i], i, ref blocker))
                {
                    Forget(claim);
                    claim.End();
                    return null;
                }
            }
        }

        return claim;
    }

    /// <summary>The claimed events are durable: repeats find them here until the store knows them.</summary>
    public void Commit(IdClaim claim, IReadOnlyList<long> sequences, long knownSequence)
    {
        lock (_lock)
        {
            foreach ((UInt128 key, int index) in claim.Keys)
            {
                ref Entry entry = ref CollectionsMarshal.GetValueRefOrNullRef(_entries, key);
                entry = entry with { Owner = null, Sequence = sequences[index] };
                _order.Enqueue((key, sequences[index]));
            }

            PruneLocked(knownSequence);
        }

        claim.End();
    }

    /// <summary>The claimed events were not written.</summary>
    public void Release(IdClaim claim)
    {
        lock (_lock)
        {
            Forget(claim);
        }

        claim.End();
    }

    /// <summary>Gives back one id of a claim that the store turned out to know.</summary>
    public void ReleaseOne(IdClaim claim, int index)
    {
        int at = claim.Keys.FindIndex(k => k.Index == index);
        lock (_lock)
        {
            _entries.Remove(claim.Keys[at].Key);
        }

        claim.Keys.RemoveAt(at);
    }

    /// <summary>Takes in a frame found at the start.</summary>
    public void Remember(in FrameHeader header, ReadOnlyMemory<byte> payload, long knownSequence)
    {
        if (header.LastSequence <= knownSequence)
        {
            return;
        }

        var events = new List<LogEvent>();
        EventCodec.Read(payload, header, knownSequence, events, onlyGivenIds: true);
        lock (_lock)
        {
            foreach (LogEvent e in events)
            {
                UInt128 key = KeyOf(e);
                _entries[key] = new Entry(SourceHash(e), e.Sequence, null, 0);
                _order.Enqueue((key, e.Sequence));
            }
        }
    }

    /// <summary>Forgets what the store knows by now.</summary>
    public void Prune(long knownSequence)
    {
        lock (_lock)
        {
            PruneLocked(knownSequence);
        }
    }

    private bool TryClaim(IdClaim claim, LogEvent e, int index, ref Task blocker)
    {
        UInt128 key = KeyOf(e);
        ulong hash = SourceHash(e);
        ref Entry entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_entries, key, out bool exists);
        if (!exists)
        {
            entry = new Entry(hash, 0, claim, index);
            claim.Keys.Add((key, index));
            return true;
        }

        if (entry.Owner is { } other && other != claim)
        {
            blocker = other.Ended;
            return false;
        }

        claim.Repeat(index, entry.SourceHash == hash ? AppendStatus.AlreadyThere : AppendStatus.Conflict, entry.Sequence);
        if (entry.Owner == claim)
        {
            claim.Inner.Add((index, entry.OwnerIndex, entry.SourceHash == hash));
        }

        return true;
    }

    private void Forget(IdClaim claim)
    {
        foreach ((UInt128 key, _) in claim.Keys)
        {
            _entries.Remove(key);
        }
    }

    private void PruneLocked(long knownSequence)
    {
        while (_order.TryPeek(out (UInt128 Key, long Sequence) oldest) && oldest.Sequence <= knownSequence)
        {
            _order.Dequeue();
            if (_entries.TryGetValue(oldest.Key, out Entry entry) && entry.Owner is null && entry.Sequence == oldest.Sequence)
            {
                _entries.Remove(oldest.Key);
            }
        }
    }

    private ulong SourceHash(LogEvent e) => XxHash3.HashToUInt64(e.Source.Span, _seed);

    private UInt128 KeyOf(LogEvent e)
    {
        string stream = e.DataStream.Value, id = e.Id.Value;
        int bound = 3 * (stream.Length + id.Length) + 1;
        byte[]? rented = null;
        Span<byte> bytes = bound <= 1024 ? stackalloc byte[1024] : rented = ArrayPool<byte>.Shared.Rent(bound);
        int length = Encoding.UTF8.GetBytes(stream, bytes);
        bytes[length++] = 0;
        length += Encoding.UTF8.GetBytes(id, bytes[length..]);
        UInt128 key = XxHash128.HashToUInt128(bytes[..length], _seed);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return key;
    }

    /// <param name="Sequence">0 while being written.</param>
    /// <param name="Owner">The call that is writing it; null once durable.</param>
    /// <param name="OwnerIndex">Which of the call's events it is.</param>
    private readonly record struct Entry(ulong SourceHash, long Sequence, IdClaim? Owner, int OwnerIndex);
}

/// <summary>The given ids one call of the log holds while it writes them. Used by that call alone, but for <see cref="Ended"/>.</summary>
internal sealed class IdClaim(int events)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What became of each event; <see cref="AppendStatus.Stored"/> for those to write.</summary>
    public AppendStatus[] Statuses { get; } = new AppendStatus[events];

    /// <summary>Claimed ids and the event of the call that has each.</summary>
    public List<(UInt128 Key, int Index)> Keys { get; } = [];

    /// <summary>Events that repeat an id of the same call: which, the one it repeats, and whether the source is the same.</summary>
    public List<(int Index, int Of, bool Same)> Inner { get; } = [];

    /// <summary>Newest sequence of the durable events that were repeated.</summary>
    public long RepeatedSequence { get; private set; }

    public bool HasRepeats { get; private set; }

    public Task Ended => _ended.Task;

    public void Repeat(int index, AppendStatus status, long sequence)
    {
        HasRepeats = true;
        Statuses[index] = status;
        RepeatedSequence = Math.Max(RepeatedSequence, sequence);
    }

    public void End() => _ended.TrySetResult();
}
