using System.Globalization;
using CsCheck;
using LogView.Client.Contracts.Events;
using LogView.Server.Tail;

namespace LogView.Tests.Tail;

public class TailSubscriptionTests
{
    [Fact]
    public void Take_ShortBurst_ShowsAllOfItOverTheNextCuts()
    {
        TailSubscription subscription = Sampled();
        Offer(subscription, 1, TailLimits.CatchUpRows);

        TailCut first = subscription.Take();
        TailCut second = subscription.Take();
        TailCut third = subscription.Take();

        Assert.Equal([120, 120, 120], [first.Events.Count, second.Events.Count, third.Events.Count]);
        Assert.Equal((120, 120, 0, 120), (first.Matched, first.Shown, first.LeftOut, first.Sequence));
        Assert.Equal((360, 360, 0, 360), (third.Matched, third.Shown, third.LeftOut, third.Sequence));
    }

    [Fact]
    public void Take_LongBurst_ShowsTheNewestAndCountsTheRest()
    {
        TailSubscription subscription = Sampled();
        Offer(subscription, 1, TailLimits.CatchUpRows + 1);

        TailCut cut = subscription.Take();

        Assert.Equal(Enumerable.Range(242, 120).Select(n => (long)n), cut.Events.Select(e => e.Event.Sequence));
        Assert.Equal((361, 120, 241, 361), (cut.Matched, cut.Shown, cut.LeftOut, cut.Sequence));
    }

    [Fact]
    public void Take_ForAProgram_LeavesNothingOut()
    {
        var subscription = new TailSubscription(complete: true);
        Offer(subscription, 1, 5_000);

        TailCut[] cuts = [subscription.Take(), subscription.Take(), subscription.Take()];

        Assert.Equal(Enumerable.Range(1, 5_000).Select(n => (long)n), cuts.SelectMany(c => c.Events).Select(e => e.Event.Sequence));
        Assert.Equal((5_000, 5_000, 0), (cuts[2].Matched, cuts[2].Shown, cuts[2].LeftOut));
    }

    [Theory]
    [InlineData(false, TailLimits.BacklogEvents)]
    [InlineData(true, TailLimits.CompleteBacklogEvents)]
    public void Offer_PastTheBacklog_DropsTheOldestAndCountsThem(bool complete, int backlog)
    {
        var subscription = new TailSubscription(complete);

        Offer(subscription, 1, backlog + 7);
        TailCut cut = subscription.Peek();

        Assert.Equal((7, 0, 7, 7), (cut.Matched, cut.Shown, cut.LeftOut, cut.Sequence));
    }

    [Fact]
    public void Offer_LargeEvents_AreBoundedByBytes()
    {
        var subscription = new TailSubscription(complete: true);
        LogEvent[] large = [.. Enumerable.Range(1, 40).Select(n => Sequenced(n, new byte[1024 * 1024]))];

        subscription.Offer(large, 40, default);

        Assert.Equal(8, subscription.Peek().LeftOut);
        Assert.Equal(32, subscription.Take().Events.Count);
    }

    [Fact]
    public void Offer_EventsUpToTheStart_AreIgnored()
    {
        TailSubscription subscription = Sampled();
        subscription.StartAfter(5);

        Offer(subscription, 1, 8);
        TailCut cut = subscription.Take();

        Assert.Equal([6L, 7L, 8L], cut.Events.Select(e => e.Event.Sequence));
        Assert.Equal(3, cut.Matched);
    }

    [Fact]
    public void Take_NothingMatched_PositionGoesOn()
    {
        TailSubscription subscription = Sampled();

        subscription.Offer([], 1_000, default);

        Assert.Equal(1_000, subscription.Take().Sequence);
    }

    [Fact]
    public void MarkGap_BeforeACut_IsToldOnce()
    {
        TailSubscription subscription = Sampled();
        subscription.MarkGap(new("released", "a", "b"));

        Assert.Equal("released", subscription.Take().Gap?.Reason);
        Assert.Null(subscription.Take().Gap);
    }

    [Fact]
    public void Take_AnyOrderOfOffersAndTakes_CountsAndPositionAgreeWithTheEvents()
    {
        Gen.Select(Gen.Bool, Gen.Select(Gen.Int[0, 900], Gen.Int[0, 3], Gen.Bool).List[1, 60]).Sample(
            (complete, steps) =>
            {
                var subscription = new TailSubscription(complete);
                long next = 1, lastShown = 0;
                var offered = new HashSet<long>();
                long shown = 0;
                foreach ((int events, int skipped, bool take) in steps)
                {
                    next += skipped;
                    Offer(subscription, (int)next, events);
                    offered.UnionWith(Enumerable.Range((int)next, events).Select(n => (long)n));
                    next += events;
                    TailCut cut = take ? subscription.Take() : subscription.Peek();
                    shown += cut.Events.Count;
                    Assert.All(cut.Events, e => Assert.True(e.Event.Sequence > lastShown && offered.Contains(e.Event.Sequence)));
                    lastShown = cut.Events.Count > 0 ? cut.Events[^1].Event.Sequence : lastShown;
                    Assert.Equal(shown, cut.Shown);
                    Assert.Equal(cut.Matched, cut.Shown + cut.LeftOut);
                    Assert.Equal(cut.Matched, offered.Count(s => s <= cut.Sequence));
                }
            },
            iter: 200,
            seed: Environment.GetEnvironmentVariable("LOGVIEW_SEED"));
    }

    private static TailSubscription Sampled() => new(complete: false);

    private static void Offer(TailSubscription subscription, int from, int count) =>
        subscription.Offer([.. Enumerable.Range(from, count).Select(n => Sequenced(n, []))], from + count - 1, default);

    private static LogEvent Sequenced(int n, byte[] source) => new()
    {
        Id = new EventId(n.ToString(CultureInfo.InvariantCulture)), DataStream = DataStreamName.Parse("logs-a"), Timestamp = default, Sequence = n, Source = source,
    };
}
