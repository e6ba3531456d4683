using LogView.Server.Storage.Elastic.Writing;

namespace LogView.Tests.Storage.Elastic.Troubles;

public sealed class RequestSizeTests
{
    private readonly RequestSize _size = new();

    [Fact]
    public void TooLarge_StaysSmallerForGood()
    {
        _size.TooLarge(4_000_000);
        _size.Taken();

        Assert.Equal(2_000_000, _size.Bytes);
    }

    [Fact]
    public void TooMuch_GrowsBackWhenRequestsAreTaken()
    {
        _size.TooLarge(4_000_000);
        _size.TooMuch(1_600_000);
        Assert.Equal(800_000, _size.Bytes);

        _size.Taken();
        Assert.Equal(1_600_000, _size.Bytes);
        _size.Taken();
        Assert.Equal(2_000_000, _size.Bytes);
    }

    [Fact]
    public void TooLarge_OfNextToNothing_LeavesRoomForOneEvent()
    {
        _size.TooLarge(1);

        Assert.Equal(1, _size.Bytes);
    }
}
