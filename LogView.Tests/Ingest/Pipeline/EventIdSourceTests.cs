using LogView.Server.Ingest.Pipeline;
using Microsoft.Extensions.Time.Testing;

namespace LogView.Tests.Ingest.Pipeline;

public sealed class EventIdSourceTests
{
    [Fact]
    public void Ids_SortInTheOrderTheyWereMade()
    {
        var clock = new FakeTimeProvider();
        var source = new EventIdSource(clock);
        var ids = new List<string>();
        for (int i = 0; i < 1_000; i++)
        {
            ids.Add(source.Next().Value);
            clock.Advance(TimeSpan.FromMilliseconds(i % 3 == 0 ? 1 : 0));
        }

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[0-9A-HJKMNP-TV-Z]{26}$", id));
    }

    [Fact]
    public void Ids_TakenTogether_AreConsecutive()
    {
        var source = new EventIdSource(new FakeTimeProvider());

        UInt128 first = source.Take(3);

        Assert.Equal(first + 3, source.Take(1));
    }

    [Fact]
    public void Clock_GoesBack_IdsGoOn()
    {
        var clock = new FakeTimeProvider();
        clock.Advance(TimeSpan.FromDays(1));
        var source = new EventIdSource(clock);
        string before = source.Next().Value;
        clock.AdjustTime(clock.GetUtcNow() - TimeSpan.FromHours(1));

        Assert.True(string.CompareOrdinal(before, source.Next().Value) < 0);
    }

    [Fact]
    public void Restart_InTheSameMillisecond_MakesOtherIds()
    {
        var clock = new FakeTimeProvider();

        Assert.NotEqual(new EventIdSource(clock).Next(), new EventIdSource(clock).Next());
    }

    [Fact]
    public void Ids_OverTime_DifferInTheLowBitsByOne()
    {
        var clock = new FakeTimeProvider();
        var source = new EventIdSource(clock);
        ulong first = (ulong)source.Take(1);

        for (ulong i = 1; i < 100; i++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(7));
            Assert.Equal(first + i, (ulong)source.Take(1));
        }
    }
}
