using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Events;

namespace LogView.Tests.Storage.Elastic;

/// <summary>Fields of others' indices that no source has under that name, and objects that the cluster keeps as documents of their own.</summary>
public abstract class OtherMappings(ElasticServer server) : OthersData(server)
{
    [Fact]
    public async Task Search_NestedObjects_AreFound()
    {
        await Cluster.PutAsync(Prefix + "orders", """
            {"mappings":{"properties":{"@timestamp":{"type":"date"},"items":{"type":"nested","properties":{"sku":{"type":"keyword"},"qty":{"type":"long"},
            "note":{"type":"text"},"parts":{"type":"nested","properties":{"id":{"type":"keyword"}}}}}}}}
            """);
        await Cluster.BulkAsync(Prefix + "orders",
        [
            ("1", """{"@timestamp":"2026-11-01T10:00:00Z","items":[{"sku":"cup","qty":1,"note":"hot and blue"},{"sku":"pan","qty":9}]}"""),
            ("2", """{"@timestamp":"2026-11-01T10:00:01Z","items":{"sku":"pan","qty":2,"parts":[{"id":"lid"}]}}"""),
            ("3", """{"@timestamp":"2026-11-01T10:00:02Z"}"""),
        ]);

        Assert.Equal("2 1", await FoundAsync("items.sku: pan"));
        Assert.Equal("1", await FoundAsync("items.sku: c*"));
        Assert.Equal("1", await FoundAsync("items.qty > 5"));
        Assert.Equal("1", await FoundAsync("items.note: blue"));
        Assert.Equal("2", await FoundAsync("items.parts.id: lid"));
        Assert.Equal("3 2", await FoundAsync("not items.sku: cup"));
        Assert.Equal("2 1", await FoundAsync("items.sku: *"));
        Assert.Equal("1", await FoundAsync("items.sku: /c.p/"));
        Assert.Equal("2 1", await FoundAsync("items.s*: pan"));
        var skus = Assert.IsType<BucketsResult>((await Store.SearchAsync(All with { Aggregations = Plan(new TermsAggregation("items.sku")) }, null, Cancel)).Aggregations["it"]);
        Assert.Equal("pan=2 cup=1", string.Join(' ', skus.Buckets.Select(b => $"{b.Key}={b.Count}")));
        Assert.Equal("1 2 3", Ids(await Store.SearchAsync(All with { Sort = [new SortField("items.sku", SortOrder.Asc)] }, null, Cancel)));
    }

    [Fact]
    public async Task Search_NestedHereObjectsThere_AreBothFound()
    {
        await Cluster.PutAsync(Prefix + "a", """{"mappings":{"properties":{"@timestamp":{"type":"date"},"items":{"type":"nested","properties":{"sku":{"type":"keyword"}}}}}}""");
        await Cluster.PutAsync(Prefix + "b", """{"mappings":{"properties":{"@timestamp":{"type":"date"},"items":{"properties":{"sku":{"type":"keyword"}}}}}}""");
        await Cluster.BulkAsync(Prefix + "a", [("1", """{"@timestamp":"2026-11-01T10:00:00Z","items":{"sku":"pan"}}""")]);
        await Cluster.BulkAsync(Prefix + "b", [("2", """{"@timestamp":"2026-11-01T10:00:01Z","items":{"sku":"pan"}}"""), ("3", """{"@timestamp":"2026-11-01T10:00:02Z"}""")]);

        Assert.Equal("2 1", await FoundAsync("items.sku: pan"));
        Assert.Equal("3", await FoundAsync("not items.sku: pan"));
    }

    [Theory]
    [InlineData("""{"type":"alias","path":"host.name"}""", "server")]
    [InlineData("""{"type":"keyword"}""", "host.name.whole")]
    public async Task Search_NameThatNoSourceHas_FindsSortsPagesAndGroups(string mapping, string field)
    {
        await Cluster.PutAsync(Prefix + "app", $"{{\"mappings\":{{\"properties\":{{\"@timestamp\":{{\"type\":\"date\"}},\"server\":{mapping},"
            + "\"host\":{\"properties\":{\"name\":{\"type\":\"keyword\",\"fields\":{\"whole\":{\"type\":\"keyword\"}}}}}}}}");
        await Cluster.BulkAsync(Prefix + "app",
            [.. Enumerable.Range(1, 5).Select(i => ($"{i}", $"{{\"@timestamp\":\"2026-11-01T10:00:0{i}Z\",\"host\":{{\"name\":\"web-{6 - i}\"}}}}")), ("6", """{"@timestamp":"2026-11-01T10:00:06Z"}""")]);

        Assert.Equal("2", await FoundAsync($"{field}: web-4"));
        Assert.Equal("2 1", await FoundAsync($"{field}: /web-[45]/"));
        List<string> ids = [];
        string? after = null;
        do
        {
            SearchResult page = await Store.SearchAsync(All with { Size = 2, After = after, Sort = [new SortField(field, SortOrder.Asc)] }, null, Cancel);
            ids.AddRange(page.Hits.Select(h => h.Event.Id.Value));
            after = page.Next;
        }
        while (after is not null);
        Assert.Equal("5 4 3 2 1 6", string.Join(' ', ids));
        var hosts = Assert.IsType<BucketsResult>((await Store.SearchAsync(All with { Aggregations = Plan(new TermsAggregation(field)) }, null, Cancel)).Aggregations["it"]);
        Assert.Equal(5, hosts.Buckets.Count);
    }

    [Fact]
    public async Task Search_AliasOfIndices_IsANameOfThem()
    {
        foreach (string name in (string[])["app-1", "app-2", "other"])
        {
            await Cluster.PutAsync(Prefix + name, """{"mappings":{"properties":{"@timestamp":{"type":"date"}}}}""");
            await Cluster.BulkAsync(Prefix + name, [(name, """{"@timestamp":"2026-11-01T10:00:00Z"}""")]);
        }

        await Cluster.PutAsync($"{Prefix}app-1/_alias/{Prefix}shop", "{}");
        await Cluster.PutAsync($"{Prefix}app-2/_alias/foreign", "{}");

        Assert.Equal("app-1", await InAsync("shop"));
        Assert.Equal("app-1 app-2", await InAsync("sh*, foreign"));
        Assert.Equal("app-2 other", await InAsync("*, -shop"));
        Assert.Equal(["shop"], (await Store.ListDataStreamsAsync(Cancel)).Single(s => s.Name.Value == "app-1").Aliases);

        async Task<string> InAsync(string pattern)
        {
            SearchResult found = await Store.SearchAsync(All with { ByAliases = (name, aliases) => DataStreamPattern.Matches(pattern, name.Value, aliases) }, null, Cancel);
            return string.Join(' ', found.Hits.Select(h => h.Event.Id.Value).Order(StringComparer.Ordinal));
        }
    }
}

[Collection("elasticsearch8")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch8OtherMappingsTests(Elasticsearch8 server) : OtherMappings(server);

[Collection("opensearch2")]
[Trait("Kind", "slow")]
public sealed class OpenSearch2OtherMappingsTests(OpenSearch2 server) : OtherMappings(server);

[Collection("elasticsearch7")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch7OtherMappingsTests(Elasticsearch7 server) : OtherMappings(server);
