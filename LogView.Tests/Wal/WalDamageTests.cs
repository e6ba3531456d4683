using LogView.Client.Contracts.Events;
using LogView.Server.Platform;
using LogView.Server.Wal;
using LogView.Server.Wal.Checking;
using LogView.Tests.Platform;

namespace LogView.Tests.Wal;

public sealed class WalDamageTests
{
    private readonly FaultyFileSystem _disk = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string File(int number) => Path.Combine(WalFixture.Folder, FileNames.WalSegment(number));

    [Theory]
    [InlineData(40, "payload")]
    [InlineData(4, "length in the header")]
    [InlineData(0, "magic")]
    public async Task MiddleFrame_Rotten_IsReportedAndTheRestIsRead(int offsetInFrame, string what)
    {
        long frame = await FillAsync();

        _disk.Rot(File(1), WalFormat.FileHeaderBytes + 3 * frame + offsetInFrame, 2);

        using WriteAheadLog log = new WalFixture(_disk).Open();
        WalDamage damage = Assert.Single(log.Damages);
        Assert.Equal((WalFormat.FileHeaderBytes + 3 * frame, frame, 1), (damage.Offset, damage.Bytes, damage.MissingEvents));
        Assert.Equal(
            ["event 0", "event 1", "event 2", "event 4", "event 5", "event 6", "event 7"],
            (await WalFixture.ReadAllAsync(log)).Select(WalFixture.TextOf));
        Assert.Equal(frame, _disk.LengthOf(Path.Combine(WalFixture.Folder, damage.QuarantinedAs!)));
        Assert.NotEmpty(what);
    }

    [Fact]
    public async Task LastFrame_Torn_IsCutAndNumbersGoOn()
    {
        long frame = await FillAsync();
        _disk.Rot(File(1), WalFormat.FileHeaderBytes + 7 * frame + 50, 1);

        using (WriteAheadLog log = new WalFixture(_disk).Open())
        {
            Assert.Empty(log.Damages);
            Assert.Equal(7, log.DurableSequence);
            await log.AppendAsync([WalFixture.Event("again")], Cancel);
        }

        using WriteAheadLog reopened = new WalFixture(_disk).Open();
        Assert.Empty(reopened.Damages);
        List<LogEvent> read = await WalFixture.ReadAllAsync(reopened);
        Assert.Equal((8, "again"), (read[^1].Sequence, WalFixture.TextOf(read[^1])));
    }

    [Fact]
    public async Task FileHeader_Rotten_EventsAreStillRead()
    {
        await FillAsync();
        _disk.Rot(File(1), 10, 3);

        using WriteAheadLog log = new WalFixture(_disk).Open();

        Assert.Equal(0, Assert.Single(log.Damages).Offset);
        Assert.Equal(8, (await WalFixture.ReadAllAsync(log)).Count);
    }

    [Fact]
    public async Task WholeFile_Rotten_IsReportedAndNotTakenForAnEmptyOne()
    {
        await FillAsync();
        _disk.Rot(File(1), 0, (int)_disk.LengthOf(File(1)));

        (IReadOnlyList<string> findings, _) = WalCheck.Run(_disk, WalFixture.Folder, knownSequence: 0);
        using WriteAheadLog log = new WalFixture(_disk).Open();

        WalDamage damage = Assert.Single(log.Damages);
        Assert.True(damage.IsLossUnknown);
        Assert.Equal(_disk.LengthOf(File(1)), _disk.LengthOf(Path.Combine(WalFixture.Folder, damage.QuarantinedAs!)));
        Assert.Contains("how many events are lost with it is not known", Assert.Single(findings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LastFrameOfAnEarlierFile_Rotten_IsDamageNotATornTail()
    {
        long frame = await FillAsync();
        await FillAsync();

        _disk.Rot(File(1), WalFormat.FileHeaderBytes + 7 * frame + 50, 1);

        using WriteAheadLog log = new WalFixture(_disk).Open();
        Assert.Equal(1, log.Damages.Sum(d => d.MissingEvents));
        Assert.Contains(log.Damages, d => d.Bytes == frame);
        Assert.Equal(15, (await WalFixture.ReadAllAsync(log)).Count);
    }

    [Fact]
    public async Task Read_DamagedWhileRunning_GoesOnBehindIt()
    {
        var options = new WalOptions { Directory = WalFixture.Folder, SegmentBytes = 2_000, FeedMemoryBytes = 1 };
        using var fixture = new WalFixture(_disk, options);
        await FillAsync(fixture.Log);
        await FillAsync(fixture.Log);

        long frame = FrameBytes();
        _disk.Rot(File(1), WalFormat.FileHeaderBytes + 2 * frame + 40, 1);

        List<LogEvent> read = await WalFixture.ReadAllAsync(fixture.Log);
        Assert.Equal([1, 2, 4, 5], read.Take(4).Select(e => e.Sequence));
        Assert.Equal(15, read.Count);
    }

    [Fact]
    public async Task LaterVersion_RefusesToOpen()
    {
        await FillAsync();
        byte[] header = WalFormat.FileHeader(1, 0);
        header[0] = 2;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(28), Crc32C.Of(header.AsSpan(0, 28)));
        using (IFile file = _disk.OpenRead(File(1)))
        {
            file.Write(0, [header]);
        }

        var refused = Assert.Throws<UnknownWalVersionException>(() => new WalFixture(_disk).Open());

        Assert.Contains("version 2", refused.Message, StringComparison.Ordinal);
    }

    private static long FrameBytes() => EncodedFrame.Encode([WalFixture.Event("event 0")])[0].Bytes;

    private async Task<long> FillAsync()
    {
        using WriteAheadLog log = new WalFixture(_disk).Open();
        await FillAsync(log);
        return FrameBytes();
    }

    private static async Task FillAsync(WriteAheadLog log)
    {
        for (int i = 0; i < 8; i++)
        {
            await log.AppendAsync([WalFixture.Event($"event {i}")], Cancel);
        }
    }
}
