using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Time;
using LogView.Client.Discover.State;
using LogView.Tests.Testing;

namespace LogView.Tests.Discover.State;

public class TimeMovesTests
{
    private static readonly Timestamp To = SomeHit.Noon;
    private static readonly Timestamp From = To.Add(TimeSpan.FromMinutes(-10));

    [Fact]
    public void Earlier_Window_EndsWhereItBegan() => Assert.Equal(Range(-20, -10), TimeMoves.Earlier(From, To));

    [Fact]
    public void Later_Window_BeginsWhereItEnded() => Assert.Equal(Range(0, 10), TimeMoves.Later(From, To));

    [Fact]
    public void Wider_Window_HasTheSameMiddle() => Assert.Equal(Range(-15, 5), TimeMoves.Wider(From, To));

    [Fact]
    public void Moves_OpenEmptyOrPastTheEndOfTime_AreNone()
    {
        Assert.Null(TimeMoves.Earlier(null, To));
        Assert.Null(TimeMoves.Later(From, null));
        Assert.Null(TimeMoves.Wider(To, To));
        Assert.Null(TimeMoves.Later(From, Timestamp.MaxValue));
        Assert.Null(TimeMoves.Wider(Timestamp.MinValue, Timestamp.MaxValue));
    }

    private static TimeRangeExpression Range(int from, int to) =>
        new(SomeHit.Noon.Add(TimeSpan.FromMinutes(from)).ToString(), SomeHit.Noon.Add(TimeSpan.FromMinutes(to)).ToString());
}
