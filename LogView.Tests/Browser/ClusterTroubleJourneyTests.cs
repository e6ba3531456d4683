using LogView.Tests.Storage.Elastic;
using LogView.Tests.Storage.Elastic.Troubles;
using LogView.Tests.Tail;
using Microsoft.Playwright;

namespace LogView.Tests.Browser;

/// <summary>What people see of a cluster that answers in part, and of one that is down, in a real browser.</summary>
[Collection("elasticsearch8")]
[Trait("Kind", "slow")]
public sealed class ClusterTroubleJourneyTests(Elasticsearch8 server, ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    [Theory]
    [InlineData("dark", 1280)]
    [InlineData("light", 1280)]
    [InlineData("dark", 390)]
    public async Task Reader_ClusterPartlyThereThenDown_IsToldWhatToDo(string scheme, int width)
    {
        await using TcpProxy proxy = new(server.Require().ToString());
        using RawCluster cluster = new(server.Require());
        string prefix = server.NextPrefix();
        await cluster.PutAsync(
            $"{prefix}others-lost?wait_for_active_shards=0&timeout=1s",
            """{"settings":{"number_of_replicas":0,"index.routing.allocation.require.rack":"gone"},"mappings":{"properties":{"@timestamp":{"type":"date"}}}}""");
        await using SignedInPage me = await SignedInPage.OpenAsync(
            chromium.Browser, scheme, width, at: "/discover",
            configure: o => o with { Engine = "elastic", Cluster = server.Options("", prefix) with { Nodes = [proxy.Address], Timeout = TimeSpan.FromSeconds(5) } });
        await new BulkSender(me.Server, "logs-shop-prod").SendAsync(40);

        await me.AskAsync("event");
        await Assertions.Expect(me.Page.GetByText("1 of 2 shards of the cluster gave no answer", new() { Exact = false }).First).ToBeVisibleAsync();
        await me.ShowAsync($"cluster-partial-{scheme}-{width}");
        await cluster.SendAsync(HttpMethod.Delete, $"{prefix}others-lost");

        proxy.Cut(refuseNew: true);
        await new BulkSender(me.Server, "logs-shop-prod").SendAsync(40);
        await me.AskAsync("event 7");
        string down = $"The cluster cannot be reached at {proxy.Address.Authority}: check that it runs and that --elastic-url names it";
        await Assertions.Expect(me.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = down })).ToBeVisibleAsync();
        await me.ShowAsync($"cluster-down-discover-{scheme}-{width}");

        await me.Page.GotoAsync("/admin/health");
        await Assertions.Expect(me.Page.GetByText(down, new() { Exact = false }).First).ToBeVisibleAsync();
        await Assertions.Expect(me.Page.GetByText("the write-ahead log keeps the events", new() { Exact = false })).ToBeVisibleAsync();
        await me.ShowAsync($"cluster-down-health-{scheme}-{width}");
        await me.Page.GotoAsync("/admin/data-streams");
        await Assertions.Expect(me.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = down })).ToBeVisibleAsync();
        await me.ShowAsync($"cluster-down-streams-{scheme}-{width}");
        long widest = await me.Page.EvaluateAsync<long>("() => document.documentElement.scrollWidth");
        Assert.True(widest <= width, $"The page is {widest} px wide in a window of {width} px.");

        proxy.Repair();
        await Assertions.Expect(me.Page.GetByRole(AriaRole.Link, new() { Name = "logs-shop-prod" })).ToBeVisibleAsync();
    }
}
