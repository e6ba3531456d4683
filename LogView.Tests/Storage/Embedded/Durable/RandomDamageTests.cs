using System.Globalization;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage;
using LogView.Server.Storage.Embedded;
using LogView.Tests.Testing;
using static LogView.Tests.Storage.Embedded.Durable.StoredEvents;

namespace LogView.Tests.Storage.Embedded.Durable;

/// <summary>
/// One bit of any file of a store flips. Whatever it is: no event comes out changed or twice, what is missing is said, and all files but the damaged one
/// are served as before. Rounds by <c>LOGVIEW_CRASH_ROUNDS</c>.
/// </summary>
public sealed class RandomDamageTests(ITestOutputHelper output) : IDisposable
{
    private const int DefaultRounds = 250;
    private const int EventsPerSegment = 120;

    private readonly TempFolder _folder = new();

    private static int Rounds =>
        int.TryParse(Environment.GetEnvironmentVariable("LOGVIEW_CRASH_ROUNDS"), CultureInfo.InvariantCulture, out int rounds) ? rounds : DefaultRounds;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Kind", "slow")]
    public async Task AnyBitFlipped_IsNoticedOrHarmless()
    {
        int seed = int.TryParse(Seed.Value, CultureInfo.InvariantCulture, out int given) ? given : System.Random.Shared.Next();
        output.WriteLine($"LOGVIEW_SEED={seed}");
        var random = new System.Random(seed);
        Dictionary<string, byte[]> whole = await MakeStoreAsync();
        string[] paths = [.. whole.Keys.Order(StringComparer.Ordinal)];
        int noticed = 0;
        for (int round = 0; round < Rounds; round++)
        {
            // Small files as often as large ones.
            string path = paths[random.Next(paths.Length)];
            byte[] bytes = [.. whole[path]];
            int bit = random.Next(bytes.Length * 8);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            noticed += await CheckAsync(whole, path, bytes, $"seed {seed}, round {round}: bit {bit} of {path}") ? 1 : 0;
        }

        Assert.InRange(noticed, Rounds / 2, Rounds);
        output.WriteLine($"{Rounds} flips, {noticed} noticed");
    }

    /// <summary>True when the store said that something is damaged.</summary>
    private static async Task<bool> CheckAsync(Dictionary<string, byte[]> whole, string damaged, byte[] bytes, string where)
    {
        using var copy = new TempFolder();
        foreach ((string path, byte[] content) in whole)
        {
            string to = Path.Combine(copy.Path, path);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            await File.WriteAllBytesAsync(to, path == damaged ? bytes : content, Cancel);
        }

        await using EmbeddedEventStore store = EmbeddedStores.Open(copy.Path);
        foreach (StoreSearch search in Searches())
        {
            await store.SearchAsync(search, progress: null, Cancel);
        }

        await store.FindAsync(DataStreamName.Parse("logs-a"), [new EventId("id-1")], Cancel);
        SearchResult left = await store.SearchAsync(Searches()[0], progress: null, Cancel);
        bool isSegment = Path.GetFileName(damaged).StartsWith("seg-", StringComparison.Ordinal);
        bool lost = left.Hits.Count < 3 * EventsPerSegment;
        Assert.True(left.Hits.Select(h => h.Event.Sequence).Distinct().Count() == left.Hits.Count, $"{where}: found twice");
        Assert.True(left.Hits.All(IsAsWritten), $"{where}: an event is changed");
        Assert.True(!lost || (isSegment && left.Hits.Count == 2 * EventsPerSegment), $"{where}: {left.Hits.Count} events left");
        Assert.True(lost == (left.Status == SearchStatus.Partial), $"{where}: {left.Status}");
        Assert.True(!lost || store.Health.Damage.Count == 1, $"{where}: {string.Join("; ", store.Health.Damage)}");
        return store.Health.Damage.Count > 0;
    }

    private static bool IsAsWritten(Hit hit)
    {
        LogEvent expected = Batch(hit.Event.Sequence, 1, (int)((hit.Event.Sequence - 1) / EventsPerSegment)).Single();
        return hit.Event.Source.Span.SequenceEqual(expected.Source.Span) && hit.Event.Id == expected.Id && hit.Event.Timestamp == expected.Timestamp;
    }

    private static StoreSearch[] Searches()
    {
        var all = new StoreSearch { DataStreams = _ => true, Now = default, Size = 1_000 };
        return
        [
            all,
            all with { Query = new PhraseNode(FieldTarget.Of("message"), "of many") },
            all with { Query = new TermNode(FieldTarget.Of("level"), "info"), Sort = [new SortField("n", SortOrder.Asc)] },
            all with { Query = new RangeNode(FieldTarget.Of("n"), new RangeBound("5", true), null) },
            all with { Query = new ExistsNode(FieldTarget.Of("nothing")) },
        ];
    }

    private async Task<Dictionary<string, byte[]>> MakeStoreAsync()
    {
        await using (EmbeddedEventStore store = EmbeddedStores.Open(_folder.Path))
        {
            for (int day = 0; day < 3; day++)
            {
                await store.WriteAsync(Batch(1 + EventsPerSegment * day, EventsPerSegment, day), Cancel);
            }
        }

        return Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories)
            .ToDictionary(p => Path.GetRelativePath(_folder.Path, p), File.ReadAllBytes, StringComparer.Ordinal);
    }
}
