using LogView.Server.Wal;

namespace LogView.Tests.Wal;

public sealed class CommitFeedTests
{
    private const long BatchBytes = 10;

    [Fact]
    public void Publish_TwoReaders_BatchesAreKeptUntilTheSlowerHasPassed()
    {
        var feed = new CommitFeed(0, 1_000);
        FeedReader fast = feed.Enter(0), slow = feed.Enter(0);
        Publish(feed, 1, 2, 3);

        Assert.Equal(1, Sequence(feed.Next(fast, 0)));
        Assert.Null(feed.Next(fast, 3));
        Assert.Equal(2, Sequence(feed.Next(slow, 1)));
        Assert.Equal(2, feed.HeldBatches);

        feed.Leave(slow);
        Assert.Equal(0, feed.HeldBatches);
    }

    [Fact]
    public void Next_ReaderBehindTheBound_MemoryDoesNotHaveIt()
    {
        var feed = new CommitFeed(0, 2 * BatchBytes);
        FeedReader reader = feed.Enter(0);
        Publish(feed, 1, 2, 3);

        Assert.Null(feed.Next(reader, 0));
        Assert.Equal(2, Sequence(feed.Next(reader, 1)));
    }

    [Fact]
    public void Next_ReaderThatCameLate_GetsOnlyWhatOthersStillNeed()
    {
        var feed = new CommitFeed(0, 1_000);
        FeedReader first = feed.Enter(0);
        Publish(feed, 1, 2);
        feed.Next(first, 2);
        Publish(feed, 3);

        FeedReader late = feed.Enter(1);
        Assert.Null(feed.Next(late, 1));
        Assert.Equal(3, Sequence(feed.Next(late, 2)));
    }

    private static long? Sequence(CommittedBatch? batch) => batch?.Events[0].Sequence;

    private static void Publish(CommitFeed feed, params long[] sequences)
    {
        foreach (long sequence in sequences)
        {
            feed.Publish([WalFixture.Event($"event {sequence}").WithSequence(sequence)], BatchBytes, default);
        }
    }
}
