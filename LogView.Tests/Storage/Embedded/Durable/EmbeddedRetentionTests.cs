using LogView.Client.Contracts.DataStreams;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Embedded;
using LogView.Tests.Platform;
using LogView.Tests.Testing;
using Microsoft.Extensions.Time.Testing;
using static LogView.Tests.Storage.Embedded.Durable.StoredEvents;

namespace LogView.Tests.Storage.Embedded.Durable;

/// <summary>Whole partitions leave by age and bytes; what is kept may change while the store is open.</summary>
public sealed class EmbeddedRetentionTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(Start.Add(TimeSpan.FromDays(3.5)).ToDateTimeOffset());
    private Retention _retention = Retention.Everything;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Maintain_PartitionsTooOld_LeaveWithTheirFolders()
    {
        await using EmbeddedEventStore store = await WriteDaysAsync(days: 4);

        _retention = new Retention(TimeSpan.FromDays(2), null);
        await store.MaintainAsync(Cancel);

        Assert.Equal(Numbers(21, 40), await store.SequencesAsync());
        Assert.Equal(["20261103", "20261104"], Directory.GetDirectories(Path.Combine(_folder.Path, "store", "logs-a")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Maintain_RetentionOfOneDataStream_LeavesTheOthers()
    {
        await using EmbeddedEventStore store = await WriteDaysAsync(days: 4);
        await store.WriteSegmentAsync(Batch(100, 10, day: 0, stream: "logs-b"));

        _retention = new Retention(TimeSpan.FromDays(1), null);
        await store.MaintainAsync(Cancel);

        long[] expected = [.. Numbers(31, 40), .. Numbers(100, 109)];
        Assert.Equal(expected, await store.SequencesAsync());
    }

    [Fact]
    public async Task Maintain_TooManyBytes_TheOldestLeaveSegmentBySegment()
    {
        await using EmbeddedEventStore store = await WriteDaysAsync(days: 2);
        await store.WriteSegmentAsync(Batch(21, 10, day: 1));
        long segment = new FileInfo(Directory.GetFiles(_folder.Path, "seg-*", SearchOption.AllDirectories)[0]).Length;

        _retention = new Retention(null, segment + segment / 2);
        await store.MaintainAsync(Cancel);

        Assert.Equal(Numbers(21, 30), await store.SequencesAsync());
        await store.DisposeAsync();
        await using EmbeddedEventStore reopened = Open();
        Assert.Equal(Numbers(21, 30), await reopened.SequencesAsync());
        Assert.Empty(reopened.Health.Damage);
    }

    [Fact]
    public async Task Maintain_OpenHead_IsNotRetired()
    {
        await using EmbeddedEventStore store = await WriteDaysAsync(days: 1);
        await store.WriteAsync(Batch(11, 10, day: 0), Cancel);

        _retention = new Retention(TimeSpan.FromDays(1), null);
        await store.MaintainAsync(Cancel);
        Assert.Equal(Numbers(1, 20), await store.SequencesAsync());

        await store.SealAllAsync(Cancel);
        await store.MaintainAsync(Cancel);
        Assert.Empty(await store.SequencesAsync());
    }

    [Fact]
    public async Task Delete_FilesCannotGoNow_AreNotBackAfterARestart()
    {
        var files = new FaultyFileSystem();
        EmbeddedEventStore store = EmbeddedStores.Open("/data", files: files, clock: _clock);
        await store.WriteSegmentAsync(Batch(1, 10));
        files.RefuseDeletes = true;

        Assert.True(await store.DeleteDataStreamAsync(DataStreamName.Parse("logs-a"), Cancel));
        await store.WriteSegmentAsync(Batch(11, 10, stream: "logs-b"));
        await store.AbandonAsync();
        files.Restart(Survives.OnlySynced);
        files.RefuseDeletes = false;

        await using EmbeddedEventStore reopened = EmbeddedStores.Open("/data", files: files, clock: _clock);
        Assert.Equal(Numbers(11, 20), await reopened.SequencesAsync());
    }

    [Fact]
    public async Task Delete_ThenWrittenAgainOnTheSameDay_KeepsTheNew()
    {
        var files = new FaultyFileSystem();
        EmbeddedEventStore store = EmbeddedStores.Open("/data", files: files, clock: _clock);
        await store.WriteSegmentAsync(Batch(1, 10));
        files.RefuseDeletes = true;
        await store.DeleteDataStreamAsync(DataStreamName.Parse("logs-a"), Cancel);
        files.RefuseDeletes = false;

        await store.WriteSegmentAsync(Batch(11, 10));
        await store.MaintainAsync(Cancel);
        await store.AbandonAsync();
        files.Restart(Survives.OnlySynced);

        await using EmbeddedEventStore reopened = EmbeddedStores.Open("/data", files: files, clock: _clock);
        Assert.Equal(Numbers(11, 20), await reopened.SequencesAsync());
    }

    private async Task<EmbeddedEventStore> WriteDaysAsync(int days)
    {
        EmbeddedEventStore store = Open();
        for (int day = 0; day < days; day++)
        {
            await store.WriteSegmentAsync(Batch(1 + 10 * day, 10, day));
        }

        return store;
    }

    private EmbeddedEventStore Open() => EmbeddedStores.Open(
        _folder.Path, o => o with { Retention = s => s.Value == "logs-a" ? _retention : Retention.Everything }, clock: _clock);
}
