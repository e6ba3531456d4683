using LogView.Server.Storage.Elastic.Indices;

namespace LogView.Server.Storage.Elastic.Following;

/// <summary>
/// How far one shard was read, by the numbers (<c>_seq_no</c>) that it gives its writes: each write the next one. An event becomes visible a little after it
/// got its number, so a later number may be seen before an earlier one. Where as many events are visible as there are numbers, none is missing.
/// </summary>
internal sealed class ShardMark(ClusterIndex index, int shard, long frontier)
{
    public ClusterIndex Index { get; } = index;

    public int Shard { get; } = shard;

    /// <summary>Everything up to here was read, but for what is missing in <see cref="Open"/>.</summary>
    public long Frontier { get; set; } = frontier;

    /// <summary>Stretches that had numbers without a visible event when they were read; oldest first.</summary>
    public List<Stretch> Open { get; } = [];
}

/// <summary>Numbers of one shard that are read together.</summary>
/// <param name="mark">The shard.</param>
/// <param name="above">The numbers begin behind this one.</param>
/// <param name="to">And end with this one.</param>
internal sealed class Stretch(ShardMark mark, long above, long to)
{
    private readonly HashSet<long> _told = [];

    public ShardMark Mark => mark;

    public long Above => above;

    public long To => to;

    public long Length => to - above;

    /// <summary>Documents that were visible when it was read last.</summary>
    public long Visible { get; set; }

    /// <summary>When it was read first, as a timestamp of the clock.</summary>
    public long ReadAt { get; init; }

    /// <summary>The rest of its numbers never was an event that can be seen, or is not yet.</summary>
    public bool HasHoles => Visible < Length;

    /// <summary>False when the event of this number was told before.</summary>
    public bool Tell(long number) => _told.Add(number);
}
