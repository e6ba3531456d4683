using System.Globalization;
using LogView.Tests.Browser;
using LogView.Tests.Tail;
using Microsoft.Playwright;

namespace LogView.Tests.Storage.Elastic;

/// <summary>Somebody watches in a browser what Filebeat writes to the cluster.</summary>
[Collection("opensearch2")]
[Trait("Kind", "slow")]
public sealed class OthersTailJourneyTests(OpenSearch2 server, ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    [Theory]
    [InlineData("dark", 1280, 800)]
    [InlineData("light", 390, 780)]
    public async Task Tail_EventsOfOthers_AreShownWithTheirDelayAndTrouble(string scheme, int width, int height)
    {
        using RawCluster cluster = new(server.Require());
        string prefix = server.NextPrefix();
        await cluster.PutAsync(prefix + "filebeat-8", """
            {"mappings":{"properties":{"@timestamp":{"type":"date"},"message":{"type":"text"},"service":{"properties":{"name":{"type":"keyword"}}},"log":{"properties":{"level":{"type":"keyword"}}}}}}
            """);
        await using TcpProxy proxy = new(server.Require().ToString());
        await WriteAsync(cluster, prefix, "stored", seconds: -300);
        await using SignedInPage me = await SignedInPage.OpenAsync(
            chromium.Browser, scheme, width, height, at: "/tail?q=order",
            configure: o => o with { Engine = "elastic", Cluster = server.Options("", prefix) with { Nodes = [proxy.Address] } });
        await me.Page.Locator("[data-testid=tail][data-state=live]").WaitForAsync();
        await Assertions.Expect(me.Page.Locator(".lv-tail-row")).ToHaveCountAsync(1);

        await WriteAsync(cluster, prefix, "slow", seconds: -60);
        await WriteAsync(cluster, prefix, "fast", seconds: 60);
        await WriteAsync(cluster, prefix, "now", seconds: 0);

        await Assertions.Expect(me.Page.Locator(".lv-tail-row")).ToHaveCountAsync(4);
        await Assertions.Expect(me.Page.GetByTestId("tail-matched")).ToHaveAttributeAsync("data-value", "4");
        await Assertions.Expect(me.Page.GetByTestId("tail-others")).ToHaveTextAsync("others: asked every 1 s");
        await Assertions.Expect(me.Page.GetByTestId("tail-trouble")).ToBeHiddenAsync();
        await me.ShowAsync($"tail-others-{scheme}-{width}");

        proxy.Cut(refuseNew: true);
        await WriteAsync(cluster, prefix, "meanwhile", seconds: -60);
        await Assertions.Expect(me.Page.GetByTestId("tail-trouble")).ToContainTextAsync("do not come now and will be shown afterwards: The cluster cannot be reached");
        await me.ShowAsync($"tail-others-away-{scheme}-{width}");
        proxy.Repair();
        await Assertions.Expect(me.Page.GetByTestId("tail-trouble")).ToBeHiddenAsync();
        await Assertions.Expect(me.Page.Locator(".lv-tail-row").Last).ToContainTextAsync("order meanwhile");
    }

    private static Task WriteAsync(RawCluster cluster, string prefix, string id, int seconds)
    {
        string time = TimeProvider.System.GetUtcNow().AddSeconds(seconds).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        return cluster.BulkAsync(prefix + "filebeat-8", [(id, $$"""{"@timestamp":"{{time}}","message":"order {{id}} paid","service.name":"checkout","log.level":"warn"}""")]);
    }
}
