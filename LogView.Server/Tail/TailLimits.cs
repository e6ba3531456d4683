namespace LogView.Server.Tail;

/// <summary>What a live tail may use.</summary>
public static class TailLimits
{
    /// <summary>Events one slow viewer may hold. 2,000 at ~1 KB is 2 MB a viewer; past it the oldest go and are counted.</summary>
    public const int BacklogEvents = 2_000;

    /// <summary>Events one slow program may hold: shippers send bulks of up to 10,000 events, which are no reason to leave any out.</summary>
    public const int CompleteBacklogEvents = 20_000;

    /// <summary>Bytes of events one slow reader may hold, whatever their number: single events have up to 1 MB.</summary>
    public const long BacklogBytes = 32 * 1024 * 1024;

    /// <summary>Rows of one batch for eyes, for each batch interval since the last: 1,200 rows a second, which nobody reads and any browser draws.</summary>
    public const int RowsPerBatch = 120;

    /// <summary>Waiting rows up to which a burst is shown over the next batches instead of being sampled, and the most of one batch: 0.3 s of delay.</summary>
    public const int CatchUpRows = 360;

    /// <summary>Batches on the way to a viewer that tells what it has seen: a second of them.</summary>
    public const int BatchesOnTheWay = 10;

    /// <summary>Rows of them: half a second at the most eyes get. Over 6 kB/s, compressed, a viewer was 1.7 s behind with it, and without it further every second.</summary>
    public const int RowsOnTheWay = 600;

    /// <summary>Rows of one batch for programs, and of the first batch after a resume.</summary>
    public const int CompleteRowsPerBatch = 2_000;

    /// <summary>Log events read to resume a viewer; one that is further behind gets a labelled gap. Half a minute at 15,000 events/s.</summary>
    public const int MaxReplayEvents = 500_000;

    /// <summary>Hits looked through for a backfill: events that arrived after the subscription are among the newest and not wanted.</summary>
    public const int MaxBackfillHits = 20_000;

    /// <summary>Events evaluated between two looks at the subscriptions, so that new ones start soon and finished ones stop.</summary>
    public const int EvaluationSlice = 512;

    /// <summary>Open subscriptions of one viewer: a wall of screens of a team that shares a name.</summary>
    public const int SubscriptionsPerViewer = 100;

    /// <summary>Open subscriptions in total: 1,000 × <see cref="BacklogEvents"/> × 1 KB is 2 GB if all of them are stuck.</summary>
    public const int Subscriptions = 1_000;

    /// <summary>Data stream names whose admission one group remembers; past it the memory starts anew.</summary>
    public const int RememberedDataStreams = 10_000;

    /// <summary>Newest events of others that one query's tail remembers for viewers that come back.</summary>
    public const int RememberedOthers = 5_000;

    /// <summary>Bytes of them, whatever their number.</summary>
    public const long RememberedOtherBytes = 16 * 1024 * 1024;

    /// <summary>Tails of others that nobody watches and whose place is remembered; each has up to <see cref="RememberedOtherBytes"/>.</summary>
    public const int LingeringOthers = 50;

    /// <summary>Parts of a store that are asked at the usual interval; more are asked less often, so that one tail makes no more than a hundred requests a second.</summary>
    private const int PartsPerInterval = 100;

    /// <summary>How long a viewer may be away and still go on where it was among the events of others.</summary>
    public static readonly TimeSpan OtherLinger = TimeSpan.FromMinutes(10);

    /// <summary>Longest pause while the store does not answer.</summary>
    public static readonly TimeSpan MaxOtherRetry = TimeSpan.FromSeconds(15);

    /// <summary>Longest interval at which events of others are asked for.</summary>
    private static readonly TimeSpan MaxOtherInterval = TimeSpan.FromSeconds(15);

    /// <summary>Bytes of one message from a viewer: a query of 16,384 characters in any script, and filters.</summary>
    public const int MaxReceiveBytes = 256 * 1024;

    /// <summary>How often a store with so many parts is asked for events of others.</summary>
    public static TimeSpan OtherInterval(TimeSpan usual, int parts)
    {
        TimeSpan paced = usual * (1 + (parts - 1) / PartsPerInterval);
        return paced < usual ? usual : paced > MaxOtherInterval ? MaxOtherInterval : paced;
    }
}
