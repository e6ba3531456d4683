using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage;
using LogView.Server.Storage.Embedded;
using LogView.Server.Storage.Embedded.Format;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Embedded;

/// <summary>A flipped bit anywhere in a segment is noticed, the segment is set aside and named, and the other segments are served.</summary>
public sealed class EmbeddedDamageTests : IDisposable
{
    private const int Events = 300;

    private readonly TempFolder _folder = new();

    public static TheoryData<string> Sections => [.. Enum.GetNames<SectionKind>(), "Table", "Trailer", "Header"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Sections))]
    public async Task Segment_BitFlipped_IsSetAsideAndTheRestServed(string section)
    {
        await WriteAsync();
        string segment = Directory.GetFiles(_folder.Path, "seg-*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        Assert.True(Flip(segment, section), $"the segment has no {section}");

        await using EmbeddedEventStore store = EmbeddedStores.Open(_folder.Path);
        foreach (StoreSearch search in Searches())
        {
            await store.SearchAsync(search, progress: null, TestContext.Current.CancellationToken);
        }

        SearchResult left = await store.SearchAsync(Searches()[0], progress: null, TestContext.Current.CancellationToken);
        Assert.Equal(Events, left.Total!.Value.Value);
        Assert.Single(store.Health.Damage);
        Assert.True(File.Exists(segment + ".damaged"));
    }

    private static StoreSearch[] Searches()
    {
        var all = new StoreSearch { DataStreams = _ => true, Now = default, Size = 1_000 };
        return
        [
            all,
            all with { Query = new PhraseNode(FieldTarget.Of("message"), "one of") },
            all with { Query = new TermNode(FieldTarget.Of("level"), "info") },
            all with { Query = new RangeNode(FieldTarget.Of("n"), new RangeBound("5", true), null) },
        ];
    }

    private static bool Flip(string path, string section)
    {
        long offset;
        SegmentFile file = SegmentFile.Open(Server.Platform.DiskFileSystem.Instance, path);
        try
        {
            offset = section switch
            {
                "Header" => 0,
                "Trailer" => file.Length - 10,
                "Table" => file.Length - SegmentFormat.TrailerBytes - 3,
                _ => file.Section(Enum.Parse<SectionKind>(section)) is { Length: > 0 } extent ? extent.Offset + extent.Length / 2 : -1,
            };
        }
        finally
        {
            file.Release();
        }

        if (offset >= 0)
        {
            byte[] bytes = File.ReadAllBytes(path);
            bytes[offset] ^= 0x10;
            File.WriteAllBytes(path, bytes);
        }

        return offset >= 0;
    }

    private async Task WriteAsync()
    {
        await using EmbeddedEventStore store = EmbeddedStores.Open(_folder.Path);
        for (int day = 0; day < 2; day++)
        {
            LogEvent[] events = [.. Enumerable.Range(1, Events).Select(i => new LogEvent
            {
                Id = new EventId($"id-{day}-{i}"),
                IsIdGiven = true,
                DataStream = DataStreamName.Parse("logs-a"),
                Timestamp = Timestamp.FromUnixMilliseconds(1_793_491_200_000 + day * 86_400_000L + i),
                Sequence = day * Events + i,
                Source = Encoding.UTF8.GetBytes($$"""{"message":"one of many {{i}}","level":"info","n":{{i}}}"""),
            })];
            await store.WriteAsync(events, TestContext.Current.CancellationToken);
        }
    }
}
