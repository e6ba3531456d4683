using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Language;
using LogView.Server.Storage;
using LogView.Server.Storage.Embedded;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Embedded.Golden;

/// <summary>
/// A small store as one version of LogView wrote it, in an archive: the store's folder, <c>events.ndjson</c> with every event as it was given, and
/// <c>queries.json</c> with how many events some queries find. Made once per version of the format and never changed.
/// </summary>
internal static class GoldenStore
{
    private static readonly string[] Queries =
    [
        "*", "level: error", "status >= 500", "message: \"timed out\"", "message: *time*", "message: /conn.*[0-9]/", "user.name: 김철수", "결제", "tags: b", "not level: *", "a.b: 1", "mixed: 7", "duration < 0.5",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The same events every time: each shape that the format treats in a way of its own.</summary>
    public static LogEvent[] Events() => [.. Enumerable.Range(1, 600).Select(Event)];

    public static async Task WriteAsync(string archive)
    {
        using var folder = new TempFolder();
        LogEvent[] events = Events();
        var counts = new JsonObject();
        await using (EmbeddedEventStore store = EmbeddedStores.Open(folder.Path))
        {
            foreach (LogEvent[] batch in events.Chunk(150))
            {
                await store.WriteAsync(batch, Cancel);
                await store.SealAllAsync(Cancel);
            }

            foreach (string query in Queries)
            {
                counts[query] = await CountAsync(store, query);
            }
        }

        await File.WriteAllLinesAsync(Path.Combine(folder.Path, "events.ndjson"), events.Select(Line), Cancel);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "queries.json"), counts.ToJsonString(), Cancel);
        await ZipFile.CreateFromDirectoryAsync(folder.Path, archive, Cancel);
    }

    public static async Task<long> CountAsync(EmbeddedEventStore store, string query)
    {
        ParseResult parsed = QueryParser.Parse(query);
        Assert.Null(parsed.Error);
        SearchResult result = await store.SearchAsync(
            new StoreSearch { DataStreams = _ => true, Now = default, Size = 0, Query = parsed.Node! }, progress: null, Cancel);
        return result.Total!.Value.Value;
    }

    /// <summary>All of an event in one line.</summary>
    public static string Line(LogEvent e) => JsonSerializer.Serialize(new
    {
        stream = e.DataStream.Value, id = e.Id.Value, given = e.IsIdGiven, time = e.Timestamp.UnixNanoseconds, sequence = e.Sequence,
        source = Convert.ToBase64String(e.Source.Span), derived = Convert.ToBase64String(e.Derived.Span),
    });

    private static LogEvent Event(int n) => new()
    {
        Id = new EventId(n % 3 == 0 ? $"shipper-{n}" : Server.Storage.Embedded.Format.MadeId.Write(((UInt128)0x0192_0000_0000_0000 << 64) + (UInt128)n)),
        IsIdGiven = n % 3 == 0,
        DataStream = DataStreamName.Parse(n % 5 == 0 ? "logs-shop-prod" : "logs-nginx-prod"),
        Timestamp = new Timestamp(1_793_491_200_000_000_000 + n / 200 * 86_400_000_000_000 + n * 1_000_003L),
        Sequence = n,
        Source = Encoding.UTF8.GetBytes(Source(n)),
        Derived = n % 4 == 0 ? Encoding.UTF8.GetBytes("""{"log.level":"warn"}""") : default,
    };

    private static string Source(int n)
    {
        string common = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"@timestamp":"2026-11-01T00:00:{{n % 60:D2}}.{{n % 1000:D3}}Z","level":"{{(n % 7 == 0 ? "error" : "info")}}","status":{{(n % 9 == 0 ? 503 : 200)}},"duration":{{n / 100.0:0.00}},"trace":"{{n * 2_654_435_761L:x16}}","message":"connection {{n}} to 10.0.{{n % 8}}.{{n % 250}} {{(n % 11 == 0 ? "timed out" : "closed")}}" """);
        return common.TrimEnd() + (n % 12) switch
        {
            0 => ""","tags":["a","b",null,1],"user":{"name":"김철수","id":7}}""",
            1 => ""","a.b":1,"a":{"b":[2,{"c":3}]},"empty":"","none":null}""",
            2 => ""","mixed":7,"text":"결제 실패했습니다","emoji":"😀"}""",
            3 => ""","mixed":"seven","quoted":"line\nbreak \"x\" \\ \u0000"}""",
            4 => ""","mixed":true,"big":9223372036854775807,"tiny":-1.5e-300}""",
            5 => """ , "spaces" : { "kept" : [ 1 , 2 ] } }""",
            6 => $$""","long":"{{new string('x', 3_000)}}{{n}}"}""",
            _ => "}",
        };
    }
}
