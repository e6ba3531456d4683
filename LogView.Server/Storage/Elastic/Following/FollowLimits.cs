namespace LogView.Server.Storage.Elastic.Following;

/// <summary>What following the indices of others may use.</summary>
internal static class FollowLimits
{
    /// <summary>Numbers looked through in one reading, over all shards, and so events of it at most: some 10 MB.</summary>
    public const int MaxNumbers = 10_000;

    /// <summary>Numbers of one shard and reading at least, however many shards have some.</summary>
    public const int MinNumbers = 10;

    /// <summary>Shards that are followed; a cluster with more of one pattern is looked at by fewer data streams.</summary>
    public const int MaxShards = 2_000;

    /// <summary>Numbers of a shard that are caught up with after the cluster was away; of more the newest, as a resumed viewer gets of LogView's own log.</summary>
    public const long MaxBehind = 500_000;

    /// <summary>
    /// Numbers before the start that are looked at for events still being written then. As many as are written at once: one for each of a node's write threads.
    /// </summary>
    public const long StartOverlap = 1_000;

    /// <summary>Numbers in all stretches with a missing one, of all shards; past it the oldest are given up, which is said. Some 5 MB.</summary>
    public const long MaxOpenNumbers = 100_000;

    /// <summary>Ids remembered, so that an event that is written again is not told again: some 5 MB.</summary>
    public const int MaxSeen = 200_000;

    /// <summary>
    /// How long a missing number may still be an event that is being written. It becomes visible with the index's next refresh, of which 30 s is the longest that is usual.
    /// </summary>
    public static readonly TimeSpan HoleWait = TimeSpan.FromSeconds(60);
}
