using System.IO.Compression;
using System.Text.Json.Nodes;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage;
using LogView.Server.Storage.Embedded;
using LogView.Server.Storage.Embedded.Format;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Embedded.Golden;

/// <summary>What earlier versions wrote is read by this one: every event byte for byte, and the same answers.</summary>
public sealed class GoldenStoreTests
{
    private static readonly string Folder = ProjectFolder.PathOf("LogView.Tests", "Storage", "Embedded", "Golden");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Archives => [.. Directory.GetFiles(Folder, "store-v*.zip").Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Archives))]
    public async Task Store_OfAnyVersion_IsReadWholly(string archive)
    {
        using var folder = new TempFolder();
        await ZipFile.ExtractToDirectoryAsync(Path.Combine(Folder, archive), folder.Path, Cancel);
        await using EmbeddedEventStore store = EmbeddedStores.Open(folder.Path);

        string[] expected = await File.ReadAllLinesAsync(Path.Combine(folder.Path, "events.ndjson"), Cancel);
        SearchResult all = await store.SearchAsync(new StoreSearch { DataStreams = _ => true, Now = default, Size = 10_000 }, progress: null, Cancel);
        Assert.Equal(expected.Order(StringComparer.Ordinal), all.Hits.Select(h => GoldenStore.Line(h.Event)).Order(StringComparer.Ordinal));
        Assert.Equal(SearchStatus.Complete, all.Status);
        foreach (string line in expected.Where((_, i) => i % 50 == 0))
        {
            JsonNode one = JsonNode.Parse(line)!;
            var id = new EventId(one["id"]!.GetValue<string>());
            Assert.True((await store.FindAsync(DataStreamName.Parse(one["stream"]!.GetValue<string>()), [id], Cancel)).ContainsKey(id));
        }

        JsonObject queries = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder.Path, "queries.json"), Cancel))!.AsObject();
        foreach ((string query, JsonNode? count) in queries)
        {
            Assert.Equal((query, count!.GetValue<long>()), (query, await GoldenStore.CountAsync(store, query)));
        }
    }

    /// <summary>With LOGVIEW_WRITE_GOLDEN=1 the archive is made; afterwards it never changes.</summary>
    [Fact]
    public async Task Format_OfToday_HasAnArchive()
    {
        string archive = Path.Combine(Folder, $"store-v{SegmentFormat.Version}.zip");
        if (!File.Exists(archive) && Environment.GetEnvironmentVariable("LOGVIEW_WRITE_GOLDEN") is "1")
        {
            await GoldenStore.WriteAsync(archive);
        }

        Assert.True(File.Exists(archive), $"The format has a new version. Run this test once with LOGVIEW_WRITE_GOLDEN=1 and commit {Path.GetFileName(archive)}.");
    }

    /// <summary>What is read back from the archive is what the generator still makes: nobody changed either.</summary>
    [Fact]
    public async Task Generator_OfToday_MakesTheArchivedEvents()
    {
        using var folder = new TempFolder();
        await ZipFile.ExtractToDirectoryAsync(Path.Combine(Folder, $"store-v{SegmentFormat.Version}.zip"), folder.Path, Cancel);

        Assert.Equal(await File.ReadAllLinesAsync(Path.Combine(folder.Path, "events.ndjson"), Cancel), GoldenStore.Events().Select(GoldenStore.Line));
    }
}
