using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using LogView.Tests.Testing;

namespace LogView.Tests.Browser;

/// <summary>On-call watches a live tail while a shipper writes through the Elasticsearch-compatible port.</summary>
[Trait("Kind", "slow")]
public sealed class TailJourneyTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    private const int BatchesPerSecond = 10;
    private const int EventsPerBatch = 100;
    private const int Seconds = 20;

    [Fact]
    public async Task Tail_AThousandEventsASecondFor20Seconds_CountsExactly()
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser, at: "/tail?q=log.level%3A%20error");
        await me.Page.Locator("[data-testid=tail][data-state=live]").WaitForAsync();

        using var tick = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / BatchesPerSecond));
        for (int batch = 0; batch < Seconds * BatchesPerSecond; batch++)
        {
            await SendAsync(me.Server, batch);
            await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            if (batch == Seconds * BatchesPerSecond / 2)
            {
                await me.ShowAsync("tail-dark");
            }
        }

        const long Errors = Seconds * BatchesPerSecond * EventsPerBatch / 2;
        await me.Page.WaitForFunctionAsync("n => Number(document.querySelector('[data-testid=tail-matched]').dataset.value) >= n", Errors);
        Assert.Equal(Errors, await CountAsync(me, "tail-matched"));
        Assert.Equal(Errors, await CountAsync(me, "tail-shown") + await CountAsync(me, "tail-left-out"));
        Assert.Equal(Errors, await me.CountByApiAsync("log.level: error"));
    }

    private static async Task<long> CountAsync(SignedInPage me, string testId) =>
        long.Parse(await me.Page.GetByTestId(testId).GetAttributeAsync("data-value") ?? "0", CultureInfo.InvariantCulture);

    private static async Task SendAsync(LogViewServer server, int batch)
    {
        var body = new StringBuilder();
        for (int i = 0; i < EventsPerBatch; i++)
        {
            body.Append("{\"create\":{}}\n").Append(CultureInfo.InvariantCulture, $"{{\"level\":\"{(i % 2 == 0 ? "ERROR" : "INFO")}\",\"service\":\"checkout-api\",")
                .Append(CultureInfo.InvariantCulture, $"\"message\":\"order {batch * EventsPerBatch + i} 결제 took {i} ms\"}}\n");
        }

        using var content = new StringContent(body.ToString(), Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        using HttpResponseMessage answer = await server.Elastic.PostAsync("/logs-load-test/_bulk", content, TestContext.Current.CancellationToken);
        Assert.Contains("\"errors\":false", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
