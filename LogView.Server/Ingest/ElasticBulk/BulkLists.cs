using System.Collections.Concurrent;
using LogView.Server.Ingest.Pipeline;

namespace LogView.Server.Ingest.ElasticBulk;

/// <summary>The items of one request and the two batches it works on, kept for later requests: lists of thousands are large objects, which are collected late.</summary>
internal sealed class BulkLists
{
    private const int MostKept = 8;

    /// <summary>Longer lists are not kept: they were for one unusual request.</summary>
    private const int LongestKept = 16_384;

    private static readonly ConcurrentBag<BulkLists> Kept = [];

    private BulkLists()
    {
    }

    public List<BulkItem> Items { get; } = [];

    /// <summary>What is read now.</summary>
    public BulkBatch Filling { get; private set; } = new();

    /// <summary>What is written meanwhile.</summary>
    public BulkBatch Writing { get; private set; } = new();

    public static BulkLists Rent() => Kept.TryTake(out BulkLists? lists) ? lists : new BulkLists();

    /// <summary>What was filled is what is written now. The batch before must be written.</summary>
    public void Swap()
    {
        Writing.Clear();
        (Filling, Writing) = (Writing, Filling);
    }

    /// <summary>Nothing of it may be used afterwards.</summary>
    public void Return()
    {
        bool isUsual = Items.Capacity <= LongestKept;
        Items.Clear();
        Filling.Clear();
        Writing.Clear();
        if (isUsual && Kept.Count < MostKept)
        {
            Kept.Add(this);
        }
    }
}

/// <summary>Events on their way to the log, and which items of the request they are.</summary>
internal sealed class BulkBatch
{
    public List<ReceivedEvent> Events { get; } = [];

    public List<(int Item, BulkAction Action)> Places { get; } = [];

    public int Bytes { get; set; }

    public void Clear()
    {
        Events.Clear();
        Places.Clear();
        Bytes = 0;
    }
}
