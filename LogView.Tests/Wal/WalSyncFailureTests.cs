using LogView.Server.Wal;
using LogView.Tests.Platform;

namespace LogView.Tests.Wal;

/// <summary>
/// A failed sync: the system may have dropped the pages and says so once. The file is not written to again, and what was not acknowledged is cut off at
/// once, so that a program that starts again on the same running machine does not take readable pages for durable ones.
/// </summary>
public sealed class WalSyncFailureTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Survives.Everything)]
    [InlineData(Survives.OnlySynced)]
    public async Task Append_SyncFailsThenKilled_TheEventIsNotThere(Survives survives)
    {
        var disk = new FaultyFileSystem();
        using (var fixture = new WalFixture(disk))
        {
            await fixture.Log.AppendAsync([WalFixture.Event("one")], Cancel);
            FailNextSync(disk);
            await Assert.ThrowsAsync<WalUnavailableException>(() => fixture.Log.AppendAsync([WalFixture.Event("two", id: "2")], Cancel));
        }

        disk.Restart(survives);
        using WriteAheadLog reopened = new WalFixture(disk).Open();

        Assert.Equal(["one"], (await WalFixture.ReadAllAsync(reopened)).Select(WalFixture.TextOf));
        AppendResult again = await reopened.AppendAsync([WalFixture.Event("two", id: "2")], Cancel);
        Assert.Equal(AppendStatus.Stored, again.Statuses[0]);
    }

    [Fact]
    public async Task Append_AfterAFailedSync_GoesToANewFile()
    {
        var disk = new FaultyFileSystem();
        using var fixture = new WalFixture(disk);
        await fixture.Log.AppendAsync([WalFixture.Event("one")], Cancel);
        FailNextSync(disk);
        await Assert.ThrowsAsync<WalUnavailableException>(() => fixture.Log.AppendAsync([WalFixture.Event("two")], Cancel));
        string failed = Path.Combine(WalFixture.Folder, Assert.Single(disk.ListFiles(WalFixture.Folder), n => n.EndsWith("1.log", StringComparison.Ordinal)));
        long length = disk.LengthOf(failed);

        await fixture.Log.AppendAsync([WalFixture.Event("three")], Cancel);

        Assert.Equal(length, disk.LengthOf(failed));
        Assert.Equal(["one", "three"], (await WalFixture.ReadAllAsync(fixture.Log)).Select(WalFixture.TextOf));
    }

    /// <summary>An append is one write and one sync.</summary>
    private static void FailNextSync(FaultyFileSystem disk) => disk.SpoilOperation(disk.Operations + 1, Fault.Fail);
}
