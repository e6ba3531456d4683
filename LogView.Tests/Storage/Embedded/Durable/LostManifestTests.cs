using LogView.Server.Storage.Embedded;
using LogView.Tests.Testing;
using static LogView.Tests.Storage.Embedded.Durable.StoredEvents;

namespace LogView.Tests.Storage.Embedded.Durable;

/// <summary>A manifest that is lost or damaged costs nothing: the segments themselves say which of them count.</summary>
public sealed class LostManifestTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Partition => Path.Combine(_folder.Path, "store", "logs-a", "20261101");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Manifest_LostInTheMiddleOfAMerge_EventsCountOnce()
    {
        Dictionary<string, byte[]> inputs = await MergeAsync();
        // As if the machine had stopped before the merged segment's inputs were deleted, and the manifest were gone.
        foreach ((string name, byte[] bytes) in inputs)
        {
            await File.WriteAllBytesAsync(Path.Combine(Partition, name), bytes, TestContext.Current.CancellationToken);
        }

        File.Delete(Path.Combine(Partition, "manifest"));

        await using EmbeddedEventStore store = EmbeddedStores.Open(_folder.Path);

        Assert.Equal(Numbers(1, 80), await store.SequencesAsync());
        Assert.Single(Directory.GetFiles(Partition, "seg-*"));
    }

    [Fact]
    public async Task Manifest_LostAndTheMergedSegmentDamaged_InputsCount()
    {
        Dictionary<string, byte[]> inputs = await MergeAsync();
        string merged = Directory.GetFiles(Partition, "seg-*").Single();
        byte[] cut = (await File.ReadAllBytesAsync(merged, TestContext.Current.CancellationToken))[..^1];
        await File.WriteAllBytesAsync(merged, cut, TestContext.Current.CancellationToken);
        foreach ((string name, byte[] bytes) in inputs)
        {
            await File.WriteAllBytesAsync(Path.Combine(Partition, name), bytes, TestContext.Current.CancellationToken);
        }

        File.Delete(Path.Combine(Partition, "manifest"));

        await using EmbeddedEventStore store = EmbeddedStores.Open(_folder.Path);

        Assert.Equal(Numbers(1, 80), await store.SequencesAsync());
        Assert.Contains("logs-a/20261101/seg-00000009", Assert.Single(store.Health.Damage), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Manifest_LostOrDamaged_IsMadeAgain(bool damaged)
    {
        await using (EmbeddedEventStore store = EmbeddedStores.Open(_folder.Path))
        {
            await store.WriteSegmentAsync(Batch(1, 10));
            await store.WriteSegmentAsync(Batch(11, 10));
        }

        string manifest = Path.Combine(Partition, "manifest");
        if (damaged)
        {
            byte[] bytes = await File.ReadAllBytesAsync(manifest, TestContext.Current.CancellationToken);
            bytes[^1] ^= 1;
            await File.WriteAllBytesAsync(manifest, bytes, TestContext.Current.CancellationToken);
        }
        else
        {
            File.Delete(manifest);
        }

        await using (EmbeddedEventStore store = EmbeddedStores.Open(_folder.Path))
        {
            Assert.Equal(Numbers(1, 20), await store.SequencesAsync());
            Assert.Equal(damaged ? 1 : 0, store.Health.Damage.Count);
            Assert.Equal(Client.Contracts.Search.SearchStatus.Complete, (await store.AllAsync()).Status);
        }

        Assert.True(File.Exists(manifest));
    }

    /// <summary>Eight segments of ten events each, merged into one; answers the files that were merged.</summary>
    private async Task<Dictionary<string, byte[]>> MergeAsync()
    {
        await using EmbeddedEventStore store = EmbeddedStores.Open(_folder.Path);
        for (int i = 0; i < 8; i++)
        {
            await store.WriteSegmentAsync(Batch(1 + 10 * i, 10));
        }

        var inputs = Directory.GetFiles(Partition, "seg-*").ToDictionary(p => Path.GetFileName(p), File.ReadAllBytes, StringComparer.Ordinal);
        await store.MaintainAsync(TestContext.Current.CancellationToken);
        Assert.Equal(8, inputs.Count);
        return inputs;
    }
}
