using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage;
using LogView.Server.Storage.Embedded;
using LogView.Tests.Testing;
using static LogView.Tests.Storage.Embedded.Durable.StoredEvents;

namespace LogView.Tests.Storage.Embedded.Durable;

/// <summary>A segment that the manifest does not name is deleted only when all of its events are in others: an administrator may have put it there.</summary>
public sealed class UnlistedSegmentTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Partition => Path.Combine(_folder.Path, "store", "logs-a", "20261101");

    private string ManifestPath => Path.Combine(Partition, "manifest");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Segment_SetAsideAndRestoredFromABackup_IsServedAgain()
    {
        await WriteAsync(10, 10);
        string segment = SegmentPath(1);
        byte[] backup = await File.ReadAllBytesAsync(segment, Cancel);
        await SpoilAndSearchAsync(segment);
        Assert.True(File.Exists(segment + ".damaged"));

        File.Move(segment + ".damaged", Path.Combine(_folder.Path, "kept"));
        await File.WriteAllBytesAsync(segment, backup, Cancel);

        await ExpectAsync(Numbers(1, 20), damage: 0);
        await ExpectAsync(Numbers(1, 20), damage: 0);
        Assert.Equal(backup, await File.ReadAllBytesAsync(segment, Cancel));
    }

    [Fact]
    public async Task Segment_DamagedAndCrashedBeforeItWasRenamed_IsKept()
    {
        await WriteAsync(10, 10);
        string segment = SegmentPath(1);
        byte[] damaged = await SpoilAndSearchAsync(segment);
        File.Move(segment + ".damaged", segment);

        await SearchAsync();

        Assert.Equal(damaged, await File.ReadAllBytesAsync(segment + ".damaged", Cancel));
    }

    [Fact]
    public async Task Manifest_OlderThanTheSegments_LosesNone()
    {
        await WriteAsync(10);
        byte[] older = await File.ReadAllBytesAsync(ManifestPath, Cancel);
        await using (EmbeddedEventStore store = EmbeddedStores.Open(_folder.Path))
        {
            await store.WriteSegmentAsync(Batch(11, 10));
            await store.WriteSegmentAsync(Batch(21, 10));
        }

        await File.WriteAllBytesAsync(ManifestPath, older, Cancel);

        await ExpectAsync(Numbers(1, 30), damage: 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Merge_StoppedBeforeOrBehindItsManifest_EventsCountOnce(bool behind)
    {
        await WriteAsync(10, 10, 10, 10, 10, 10, 10, 10);
        Dictionary<string, byte[]> before = Files();
        await using (EmbeddedEventStore store = EmbeddedStores.Open(_folder.Path))
        {
            await store.MaintainAsync(Cancel);
        }

        foreach ((string path, byte[] bytes) in before.Where(f => !behind || f.Key != ManifestPath))
        {
            await File.WriteAllBytesAsync(path, bytes, Cancel);
        }

        Assert.Equal(9, Segments().Length);
        await ExpectAsync(Numbers(1, 80), damage: 0);
        Assert.Equal(behind ? 1 : 8, Segments().Length);
    }

    [Fact]
    public async Task Segment_WithEventsOfOthersAndItsOwn_IsSetAside()
    {
        await MakeOverlapAsync();

        await ExpectAsync(Numbers(6, 25), damage: 1);
        Assert.True(File.Exists(SegmentPath(1) + ".damaged"));
    }

    /// <summary>Segment 1 has the events 1 to 10 and is in no manifest; segments 2 and 3 have the events from 6 on.</summary>
    private async Task MakeOverlapAsync()
    {
        await WriteAsync(10);
        byte[] first = await File.ReadAllBytesAsync(SegmentPath(1), Cancel);
        Directory.Delete(Partition, recursive: true);
        await using (EmbeddedEventStore store = EmbeddedStores.Open(_folder.Path))
        {
            await store.WriteSegmentAsync(Batch(6, 10));
            await store.WriteSegmentAsync(Batch(16, 10));
        }

        File.Move(SegmentPath(2), SegmentPath(3));
        File.Move(SegmentPath(1), SegmentPath(2));
        File.Delete(ManifestPath);
        await ExpectAsync(Numbers(6, 25), damage: 0);
        await File.WriteAllBytesAsync(SegmentPath(1), first, Cancel);
    }

    private async Task WriteAsync(params int[] segments)
    {
        await using EmbeddedEventStore store = EmbeddedStores.Open(_folder.Path);
        int first = 1;
        foreach (int events in segments)
        {
            await store.WriteSegmentAsync(Batch(first, events));
            first += events;
        }
    }

    private async Task<byte[]> SpoilAndSearchAsync(string segment)
    {
        byte[] bytes = await File.ReadAllBytesAsync(segment, Cancel);
        // The last column: found when it is used, not when the file is opened.
        bytes[^400] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes, Cancel);
        await SearchAsync();
        return bytes;
    }

    private async Task SearchAsync()
    {
        await using EmbeddedEventStore store = EmbeddedStores.Open(_folder.Path);
        var all = new StoreSearch { DataStreams = _ => true, Now = default };
        foreach (string field in (string[])["message", "level", "n"])
        {
            await store.SearchAsync(all with { Query = new TermNode(FieldTarget.Of(field), "5"), Sort = [new SortField(field, SortOrder.Asc)] }, progress: null, Cancel);
        }

        Assert.Single(store.Health.Damage);
    }

    private async Task ExpectAsync(long[] sequences, int damage)
    {
        await using EmbeddedEventStore store = EmbeddedStores.Open(_folder.Path);
        Assert.Equal(sequences, await store.SequencesAsync());
        Assert.Equal(damage, store.Health.Damage.Count);
        Assert.Equal(damage == 0 ? SearchStatus.Complete : SearchStatus.Partial, (await store.AllAsync()).Status);
    }

    private string SegmentPath(int number) => Path.Combine(Partition, $"seg-{number:D8}");

    private string[] Segments() => Directory.GetFiles(Partition, "seg-*");

    private Dictionary<string, byte[]> Files() =>
        Directory.GetFiles(Partition).ToDictionary(p => p, File.ReadAllBytes, StringComparer.Ordinal);
}
