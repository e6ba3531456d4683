using LogView.Client.Shared;
using Microsoft.Extensions.Time.Testing;

namespace LogView.Tests.Shared;

public class RenderPacerTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Request_Burst_RendersAtOnceAndOnceMore()
    {
        int renders = 0;
        using var pacer = new RenderPacer(_clock, () => renders++);

        for (int i = 0; i < 50; i++)
        {
            pacer.Request();
        }

        Assert.Equal(1, renders);
        _clock.Advance(RenderPacer.Interval);
        Assert.Equal(2, renders);
        _clock.Advance(RenderPacer.Interval * 10);
        Assert.Equal(2, renders);
    }

    [Fact]
    public void Request_AfterQuietTime_RendersAtOnceAgain()
    {
        int renders = 0;
        using var pacer = new RenderPacer(_clock, () => renders++);
        pacer.Request();
        _clock.Advance(RenderPacer.Interval);

        pacer.Request();

        Assert.Equal(2, renders);
    }

    [Fact]
    public void RequestNow_AmidABurst_RendersAtOnceAndPacesWhatFollows()
    {
        int renders = 0;
        using var pacer = new RenderPacer(_clock, () => renders++);
        pacer.Request();
        pacer.Request();
        _clock.Advance(RenderPacer.Interval / 2);

        pacer.RequestNow();

        Assert.Equal(2, renders);
        pacer.Request();
        _clock.Advance(RenderPacer.Interval / 2);
        Assert.Equal(2, renders);
        _clock.Advance(RenderPacer.Interval / 2);
        Assert.Equal(3, renders);
        _clock.Advance(RenderPacer.Interval * 10);
        Assert.Equal(3, renders);
    }

    [Fact]
    public void Request_AfterDispose_RendersNothing()
    {
        int renders = 0;
        var pacer = new RenderPacer(_clock, () => renders++);
        pacer.Dispose();

        pacer.Request();
        pacer.RequestNow();

        Assert.Equal(0, renders);
    }
}
