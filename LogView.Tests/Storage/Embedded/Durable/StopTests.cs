using LogView.Server.Storage.Embedded;
using LogView.Tests.Platform;
using static LogView.Tests.Storage.Embedded.Durable.StoredEvents;

namespace LogView.Tests.Storage.Embedded.Durable;

/// <summary>What a stopped store leaves to the write-ahead log.</summary>
public sealed class StopTests
{
    private readonly FaultyFileSystem _files = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dispose_HeadsSealedInTime_NothingIsLeftToTheLog()
    {
        await using (EmbeddedEventStore store = Open())
        {
            await store.WriteAsync([.. Batch(1, 10), .. Batch(11, 10, day: 1), .. Batch(21, 10, stream: "logs-b")], Cancel);
        }

        await using EmbeddedEventStore again = Open();
        Assert.Equal(30, again.DurableSequence);
        Assert.Equal(30, again.LastSequence);
        Assert.Equal(Numbers(1, 30), await again.SequencesAsync());
    }

    [Fact]
    public async Task Dispose_NoTimeToSeal_EverythingIsLeftToTheLog()
    {
        await using (EmbeddedEventStore store = Open(TimeSpan.Zero))
        {
            await store.WriteSegmentAsync(Batch(1, 10));
            await store.WriteAsync(Batch(11, 10), Cancel);
        }

        await using EmbeddedEventStore again = Open();
        Assert.Equal(10, again.DurableSequence);
        Assert.Equal(10, again.LastSequence);
    }

    [Fact]
    public async Task LastSequence_SegmentAheadOfWhatIsDurable_IsThatOfTheSegment()
    {
        EmbeddedEventStore store = Open();
        await store.WriteAsync(Batch(1, 10, stream: "logs-b"), Cancel);
        await store.WriteAsync(Batch(11, 10), Cancel);
        await store.CloseHeadsAsync(h => h.FirstSequence == 11, Cancel);
        await store.SealAllAsync(Cancel);
        Assert.Equal(20, store.LastSequence);
        await store.AbandonAsync();
    }

    private EmbeddedEventStore Open(TimeSpan? sealAtStop = null) =>
        EmbeddedStores.Open("/data", o => o with { SealAtStop = sealAtStop ?? o.SealAtStop }, _files);
}
