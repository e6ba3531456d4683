using LogView.Server.Tail;
using Microsoft.Extensions.Time.Testing;

namespace LogView.Tests.Tail;

/// <summary>How much is on its way to a viewer, whatever the viewer says.</summary>
public class TailWindowTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void HasRoom_ManyBatchesOrManyRows_IsFalseUntilTheyAreSeen()
    {
        TailWindow batches = Sent(TailLimits.BatchesOnTheWay, rows: 0);
        TailWindow rows = Sent(1, rows: TailLimits.RowsOnTheWay);
        Assert.Equal((false, false), (batches.HasRoom, rows.HasRoom));

        batches.Seen(1);
        rows.Seen(1);

        Assert.Equal((true, true), (batches.HasRoom, rows.HasRoom));
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    [InlineData(0)]
    public void Seen_WhatWasNeverSent_CountsOnlyWhatWas(long claimed)
    {
        TailWindow window = Sent(3, rows: 10);

        window.Seen(claimed);
        for (int n = 0; n < TailLimits.BatchesOnTheWay; n++)
        {
            window.Sent(0);
        }

        Assert.False(window.HasRoom);
    }

    [Fact]
    public void Way_IsThatOfTheLastSeen_OrOfOneThatNeedsLonger()
    {
        TailWindow window = Sent(2, rows: 1);
        _clock.Advance(Second);
        window.Seen(1);
        Assert.Equal(Second, window.Way);

        _clock.Advance(2 * Second);
        Assert.Equal(3 * Second, window.Way);
        window.Seen(2);
        window.Sent(1);
        _clock.Advance(Second);
        window.Seen(3);

        Assert.Equal(Second, window.Way);
    }

    [Fact]
    public async Task Room_Cancelled_CompletesWithoutAnException()
    {
        TailWindow window = Sent(TailLimits.BatchesOnTheWay, rows: 0);
        using var end = new CancellationTokenSource();
        Task room = window.RoomAsync(end.Token);
        Assert.False(room.IsCompleted);

        await end.CancelAsync();

        await room;
    }

    private TailWindow Sent(int batches, int rows)
    {
        var window = new TailWindow(_clock);
        for (int n = 0; n < batches; n++)
        {
            window.Sent(rows);
        }

        return window;
    }
}
