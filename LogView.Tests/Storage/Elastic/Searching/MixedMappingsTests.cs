using LogView.Client.Contracts.Search;

namespace LogView.Tests.Storage.Elastic.Searching;

/// <summary>Fields that indices of others do not have alike, or not in their index at all: each is asked as it has it.</summary>
public abstract class MixedMappings(ElasticServer server) : OthersData(server)
{
    private readonly string _flat = server is OpenSearch2 ? "flat_object" : "flattened";

    [Theory]
    [InlineData("host.name: web-01", "k1 t1")]
    [InlineData("host.name: \"web-01\"", "k1 t1")]
    [InlineData("host.name: w*", "k1 t2 t1")]
    [InlineData("not host.name: web-01", "k2 t2")]
    [InlineData("message: refused", "t1")]
    [InlineData("message: \"Connection refused\"", "k1 t1")]
    [InlineData("refused", "k1 t1")]
    [InlineData("when: \"2026-11-30\"", "k1 t1")]
    [InlineData("when >= \"2026-11-30\"", "k1 t1")]
    [InlineData("client: 10.0.0.0/8", "t2 t1")]
    [InlineData("client: 10.0.0.1", "k1 t1")]
    [InlineData("status >= 500", "k1 t1")]
    [InlineData("status: 200", "k2 t2")]
    [InlineData("status: abc", "")]
    [InlineData("client: abc", "")]
    [InlineData("when: abc", "")]
    [InlineData("status: 5*", "k1 t1")]
    [InlineData("client: 10.*", "k1 t2 t1")]
    [InlineData("when < \"b\"", "k2 k1")]
    [InlineData("client < \"b\"", "k2 k1")]
    [InlineData("status > \"a\"", "")]
    [InlineData("host.name: /w.*/", "k1 t2 t1")]
    public async Task Search_MappedOtherwiseElsewhere_FindsInEach(string query, string ids)
    {
        await Cluster.PutAsync(Prefix + "texts", """
            {"mappings":{"properties":{"@timestamp":{"type":"date"},"message":{"type":"text"},"host":{"properties":{"name":{"type":"text","fields":{"keyword":{"type":"keyword"}}}}},
            "when":{"type":"date","format":"yyyy/MM/dd"},"client":{"type":"ip"},"status":{"type":"integer"}}}}
            """);
        await Cluster.PutAsync(Prefix + "words", """
            {"mappings":{"properties":{"@timestamp":{"type":"date"},"message":{"type":"keyword"},"host":{"properties":{"name":{"type":"keyword"}}},
            "when":{"type":"keyword"},"client":{"type":"keyword"},"status":{"type":"keyword"}}}}
            """);
        await Cluster.BulkAsync(Prefix + "texts",
        [
            ("t1", """{"@timestamp":"2026-11-01T10:00:00Z","message":"Connection refused by 10.0.0.9","host":{"name":"web-01"},"when":"2026/11/30","client":"10.0.0.1","status":500}"""),
            ("t2", """{"@timestamp":"2026-11-01T10:00:01Z","message":"fine","host":{"name":"worker"},"when":"2026/11/29","client":"10.1.0.2","status":200}"""),
        ]);
        await Cluster.BulkAsync(Prefix + "words",
        [
            ("k1", """{"@timestamp":"2026-11-01T10:00:02Z","message":"Connection refused","host":{"name":"web-01"},"when":"2026-11-30","client":"10.0.0.1","status":"500"}"""),
            ("k2", """{"@timestamp":"2026-11-01T10:00:03Z","message":"fine","host":{"name":"api-01"},"when":"2026-11-29","client":"172.16.0.2","status":"200"}"""),
        ]);

        SearchResult result = await Store.SearchAsync(All with { Query = LogView.Client.Language.QueryParser.Parse(query).Node! }, null, Cancel);

        Assert.Equal(ids, Ids(result));
        Assert.Equal(SearchStatus.Complete, result.Status);
    }

    [Fact]
    public async Task Search_FieldThatIsNotIndexed_LooksAtTheEvents()
    {
        await Cluster.PutAsync(Prefix + "kept", """{"mappings":{"properties":{"@timestamp":{"type":"date"},"raw":{"type":"keyword","index":false,"doc_values":false}}}}""");
        await Cluster.PutAsync(Prefix + "found", """{"mappings":{"properties":{"@timestamp":{"type":"date"},"raw":{"type":"keyword"}}}}""");
        await Cluster.BulkAsync(Prefix + "kept", [("1", """{"@timestamp":"2026-11-01T10:00:00Z","raw":"one"}"""), ("2", """{"@timestamp":"2026-11-01T10:00:01Z","raw":"two"}""")]);
        await Cluster.BulkAsync(Prefix + "found", [("3", """{"@timestamp":"2026-11-01T10:00:02Z","raw":"one"}"""), ("4", """{"@timestamp":"2026-11-01T10:00:03Z"}""")]);

        Assert.Equal("3 1", await FoundAsync("raw: one"));
        Assert.Equal("4 2", await FoundAsync("not raw: one"));
        Assert.Equal("3 2 1", await FoundAsync("raw: *"));
        Assert.Equal("3", await FoundAsync("r*: one"));
    }

    [Fact]
    public async Task Search_GroupsOfTextsThatAreNotKeptWhole_SayHowManyAreMissing()
    {
        const string Keyword = ""","fields":{"keyword":{"type":"keyword","ignore_above":8}}""";
        foreach ((string name, string form) in ((string, string)[])[("whole", Keyword), ("words", "")])
        {
            await Cluster.PutAsync(Prefix + name, """{"mappings":{"properties":{"@timestamp":{"type":"date"},"app":{"type":"text"FORM}}}}""".Replace("FORM", form, StringComparison.Ordinal));
        }

        await Cluster.BulkAsync(Prefix + "whole", [("1", """{"@timestamp":"2026-11-01T10:00:00Z","app":"shop"}"""), ("2", """{"@timestamp":"2026-11-01T10:00:01Z","app":"the whole shop"}""")]);
        await Cluster.BulkAsync(Prefix + "words", [("3", """{"@timestamp":"2026-11-01T10:00:02Z","app":"shop"}"""), ("4", """{"@timestamp":"2026-11-01T10:00:03Z"}""")]);

        SearchResult grouped = await Store.SearchAsync(All with { Aggregations = Plan(new TermsAggregation("app")) }, null, Cancel);
        SearchResult sorted = await Store.SearchAsync(All with { Sort = [new SortField("app", SortOrder.Asc)] }, null, Cancel);
        SearchResult byTime = await Store.SearchAsync(All, null, Cancel);

        const string Note = "2 events have a value of app that their index keeps as words only, or is too long for it: they are in no group of it and come last in its order";
        Assert.Equal("shop=1", string.Join(' ', Assert.IsType<BucketsResult>(grouped.Aggregations["it"]).Buckets.Select(b => $"{b.Key}={b.Count}")));
        Assert.Equal(Note, Assert.Single(grouped.Notes, n => n.Code == "values_left_out").Message);
        Assert.Equal(Note, Assert.Single(sorted.Notes, n => n.Code == "values_left_out").Message);
        Assert.Equal("1", Ids(sorted).Split(' ')[0]);
        Assert.DoesNotContain(byTime.Notes, n => n.Code == "values_left_out");
    }

    [Fact]
    public async Task Search_MemberOfAFlattenedObject_IsFound()
    {
        await Cluster.PutAsync(Prefix + "flat", """{"mappings":{"properties":{"@timestamp":{"type":"date"},"labels":{"type":"TYPE"}}}}""".Replace("TYPE", _flat, StringComparison.Ordinal));
        await Cluster.BulkAsync(Prefix + "flat",
        [
            ("1", """{"@timestamp":"2026-11-01T10:00:00Z","labels":{"app":"shop","k8s":{"zone":"eu-1"}}}"""),
            ("2", """{"@timestamp":"2026-11-01T10:00:01Z","labels":{"app":"Shop front","n":5}}"""),
            ("3", """{"@timestamp":"2026-11-01T10:00:02Z"}"""),
        ]);

        Assert.Equal("1", await FoundAsync("labels.app: shop"));
        Assert.Equal("2", await FoundAsync("labels.app: \"Shop front\""));
        Assert.Equal("2", await FoundAsync("labels.n: 5"));
        Assert.Equal("1", await FoundAsync("labels.k8s.zone: eu*"));
        Assert.Equal("2 1", await FoundAsync("labels.app: *"));
        Assert.Equal("3 2", await FoundAsync("not labels.app: shop"));
        var apps = Assert.IsType<BucketsResult>((await Store.SearchAsync(All with { Aggregations = Plan(new TermsAggregation("labels.app")) }, null, Cancel)).Aggregations["it"]);
        Assert.Equal("Shop front=1 shop=1", string.Join(' ', apps.Buckets.Select(b => $"{b.Key}={b.Count}")));
    }
}

[Collection("elasticsearch8")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch8MixedMappingsTests(Elasticsearch8 server) : MixedMappings(server);

[Collection("opensearch2")]
[Trait("Kind", "slow")]
public sealed class OpenSearch2MixedMappingsTests(OpenSearch2 server) : MixedMappings(server);

[Collection("elasticsearch7")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch7MixedMappingsTests(Elasticsearch7 server) : MixedMappings(server);
