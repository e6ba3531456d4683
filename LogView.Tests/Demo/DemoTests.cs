using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Setup;
using LogView.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace LogView.Tests.Demo;

public sealed class DemoTests
{
    private static readonly Viewer Admin = new("test", Rights.Admin, ["*"]);

    [Fact]
    [Trait("Kind", "slow")]
    public async Task StartDemo_TwiceAndOverARestart_WritesADayOnce()
    {
        await using LogViewServer server = await LogViewServer.StartAsync(o => o with { Settings = o.Settings with { DemoShop = new() { HistoryHours = 2 } } });

        FirstRunOutcome first = await FirstRun(server).StartDemoAsync(Admin, TestContext.Current.CancellationToken);
        FirstRunOutcome again = await FirstRun(server).StartDemoAsync(Admin, TestContext.Current.CancellationToken);
        long before = await CountAsync(server, "@timestamp < now-5m");
        await server.RestartAsync();
        await FirstRun(server).StartDemoAsync(Admin, TestContext.Current.CancellationToken);
        long after = await CountAsync(server, "@timestamp < now-5m");

        Assert.True(first.Started && again.Started);
        Assert.InRange(before, 1_000, 40_000);
        // Minutes may have passed between the counts; the same minute twice would double everything.
        Assert.InRange(after, before, before + 2_000);
    }

    [Fact]
    public async Task StartDemo_WithoutTheRight_SaysWhatIsMissing()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();

        FirstRunOutcome outcome = await FirstRun(server).StartDemoAsync(new Viewer("reader", Rights.Search, ["*"]), TestContext.Current.CancellationToken);

        Assert.False(outcome.Started);
        Assert.Contains("scope admin", outcome.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offer_OnLoopback_NamesBothAddresses()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();

        FirstRunOffer offer = FirstRun(server).Offer;

        Assert.Equal(server.Url, offer.PageAddress);
        Assert.Equal(server.ElasticUrl, offer.ElasticAddress);
        Assert.False(offer.IngestNeedsKey);
    }

    private static IFirstRun FirstRun(LogViewServer server) => server.Services.GetRequiredService<IFirstRun>();

    private static async Task<long> CountAsync(LogViewServer server, string query)
    {
        SearchRequest request = new() { Query = query, DataStream = "logs-demo-default", Size = 0, Count = CountMode.Exact };
        SearchOutcome outcome = await server.Services.GetRequiredService<ISearchService>().SearchAsync(request, Admin, progress: null, TestContext.Current.CancellationToken);
        Assert.Null(outcome.Problem);
        return outcome.Result!.Total!.Value.Value;
    }
}
