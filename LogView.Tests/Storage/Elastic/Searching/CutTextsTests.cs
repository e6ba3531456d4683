using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LogView.Client.Contracts.Events;
using LogView.Client.Language.Text;
using LogView.Server.Storage.Elastic.Indices;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Elastic.Searching;

/// <summary>Plain texts are cut into words by the cluster: the same words, also beside indices of an earlier schema, whose words LogView sent.</summary>
public abstract class CutTexts(ElasticServer server, ITestOutputHelper output) : OthersData(server)
{
    private const int Texts = 3_000;
    private const int AtOnce = 300;

    private static readonly string[] Pieces = ["a", "B", "z", "1", "9", "_", "'", ".", ":", ",", ";", " ", "-", "/", "\t", "\n", "\0", "\u007F", "#", "@", "=", "ab", "10", "..", "::"];

    [Fact]
    public async Task Words_OfPlainTexts_AreThoseOfLogView()
    {
        int seed = int.TryParse(Seed.Value, CultureInfo.InvariantCulture, out int given) ? given : Random.Shared.Next();
        output.WriteLine($"LOGVIEW_SEED={seed}");
        var random = new Random(seed);
        await WriteAsync("logs-new-default", "any", "some text");
        foreach (string[] texts in Enumerable.Range(0, Texts).Select(_ => Next(random)).Chunk(AtOnce))
        {
            if (!Expected(texts).SequenceEqual(await CutAsync(texts)))
            {
                foreach (string text in texts)
                {
                    Assert.Equal((text, string.Join(' ', Expected([text]))), (text, string.Join(' ', await CutAsync([text]))));
                }

                Assert.Fail("Texts are cut otherwise together than each alone");
            }
        }
    }

    [Fact]
    public async Task Search_BesideAnIndexWhoseWordsWereSent_FindsBoth()
    {
        await MakeOldAsync();
        await WriteAsync("logs-old-default", "late", "Connection refused by 10.0.0.1");
        await WriteAsync("logs-new-default", "new", "connection REFUSED by db.shop:5432");
        await WriteAsync("logs-new-default", "korean", "결제 connection refused");

        Assert.Equal("korean late new old", await FoundInOrderAsync("message: refused"));
        Assert.Equal("korean late new old", await FoundInOrderAsync("message: \"connection refused\""));
        Assert.Equal("late new", await FoundInOrderAsync("\"refused by\""));
        Assert.Equal("korean late new old", await FoundInOrderAsync("message: connec*"));
        Assert.Equal("korean", await FoundInOrderAsync("결제 and refused"));
        Assert.Equal("new", await FoundInOrderAsync("message: shop"));
        Assert.Equal("late", await FoundInOrderAsync("message: 10.0.0.1"));
        Assert.Equal("korean old", await FoundInOrderAsync("not message: by"));
    }

    [Fact]
    public async Task Template_OfAnEarlierSchema_IsRenewedWithTheNextWrite()
    {
        await MakeOldAsync();

        await WriteAsync("logs-old-default", "late", "connection refused");

        JsonNode template = JsonNode.Parse(await Cluster.SendAsync(HttpMethod.Get, $"_index_template/{IndexTemplate.NameFor(Prefix + "logs-old-default")}"))!;
        JsonNode mappings = template["index_templates"]![0]!["index_template"]!["template"]!["mappings"]!;
        Assert.Equal(IndexTemplate.Schema, mappings["_meta"]!["logview"]!["schema"]!.GetValue<int>());
    }

    /// <summary>The cluster cuts such a field by its own rules, where "db.shop" is one word.</summary>
    [Fact]
    public async Task Field_MappedOtherwise_IsFoundByLogViewsWords()
    {
        await WriteAsync("logs-new-default", "first", "some text");
        await Cluster.PutAsync($"{Prefix}logs-new-default/_mapping", """{"properties":{"note":{"type":"text"}}}""");
        await ReopenAsync();

        await WriteAsync("logs-new-default", "noted", "other text", note: "Refused by db.shop");

        Assert.Equal("noted", await FoundAsync("note: shop"));
        Assert.Equal("noted", await FoundAsync("note: \"by db\""));
        Assert.Equal("", await FoundAsync("note: hop"));
    }

    /// <summary>An index as LogView made it once, with an event.</summary>
    private async Task MakeOldAsync()
    {
        string name = Prefix + "logs-old-default";
        await Cluster.PutAsync(name, """
            {"settings":{"index":{"analysis":{"tokenizer":{"logview_words":{"type":"whitespace","max_token_length":10000}},
            "analyzer":{"logview_words":{"type":"custom","tokenizer":"logview_words"}}}}},
            "mappings":{"_meta":{"logview":{"schema":1}},"date_detection":false,
            "dynamic_templates":[{"logview_words":{"path_match":"logview.words.*","mapping":{"type":"text","analyzer":"logview_words","norms":false}}},
            {"keyword":{"path_match":"*","match_mapping_type":"string","mapping":{"type":"keyword"}}}],
            "properties":{"@timestamp":{"type":"date_nanos"},"message":{"type":"text","norms":false,"index_options":"docs"},
            "logview":{"properties":{"seq":{"type":"long"},"time":{"type":"long","index":false,"doc_values":false},"writer":{"type":"keyword"},"odd":{"type":"keyword"},
            "source":{"type":"keyword","index":false,"doc_values":false}}}}}}
            """);
        await Cluster.BulkAsync(name, [("old", """
            {"@timestamp":"2026-11-01T10:00:00.000000000Z","message":"Connection refused","logview":{"seq":1,"time":1793527200000000000,"writer":"before",
            "words":{"message":"wconnection wrefused "},"source":"{\"message\":\"Connection refused\"}"}}
            """.ReplaceLineEndings(""))]);
    }

    private Task WriteAsync(string stream, string id, string message, string? note = null) => Store.WriteAsync(
        [new LogEvent
        {
            Id = new EventId(id), DataStream = DataStreamName.Parse(stream), Timestamp = Instant("2026-11-01T10:00:01Z"), Sequence = 1,
            Source = note is null ? JsonSerializer.SerializeToUtf8Bytes(new { message }) : JsonSerializer.SerializeToUtf8Bytes(new { message, note }),
        }], Cancel);

    private async Task<string> FoundInOrderAsync(string query) => string.Join(' ', (await FoundAsync(query)).Split(' ').Order(StringComparer.Ordinal));

    private static string Next(Random random) => string.Concat(Enumerable.Range(0, random.Next(25)).Select(_ => Pieces[random.Next(Pieces.Length)]));

    private static List<string> Expected(IEnumerable<string> texts)
    {
        List<string> words = [];
        foreach (string text in texts)
        {
            foreach (Word word in Words.Enumerate(text))
            {
                words.Add(TextFolding.Fold(text.Substring(word.Start, word.Length)));
            }
        }

        return words;
    }

    private async Task<string[]> CutAsync(string[] texts)
    {
        string body = new JsonObject { ["analyzer"] = IndexTemplate.TextAnalyzer, ["text"] = new JsonArray([.. texts.Select(t => JsonValue.Create(t))]) }.ToJsonString();
        JsonObject mappings = JsonNode.Parse(await Cluster.SendAsync(HttpMethod.Get, $"{Prefix}logs-new-default/_mapping"))!.AsObject();
        JsonNode answer = JsonNode.Parse(await Cluster.SendAsync(HttpMethod.Get, $"{mappings.Single().Key}/_analyze", body))!;
        return [.. answer["tokens"]!.AsArray().Select(t => t!["token"]!.GetValue<string>())];
    }
}

[Collection("elasticsearch8")]
[Trait("Kind", "slow")]
public sealed class CutTextsElasticsearch8Tests(Elasticsearch8 server, ITestOutputHelper output) : CutTexts(server, output);

[Collection("opensearch2")]
[Trait("Kind", "slow")]
public sealed class CutTextsOpenSearch2Tests(OpenSearch2 server, ITestOutputHelper output) : CutTexts(server, output);

[Collection("elasticsearch7")]
[Trait("Kind", "slow")]
public sealed class CutTextsElasticsearch7Tests(Elasticsearch7 server, ITestOutputHelper output) : CutTexts(server, output);
