using System.Net;
using LogView.Tests.Testing;

namespace LogView.Tests.Hosting;

public sealed class MetricsTests
{
    [Fact]
    public async Task Metrics_ProgramOnThisMachine_NeedsNoKey()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();
        using HttpResponseMessage warmUp = await server.Anonymous.GetAsync("/health/live");

        using HttpResponseMessage answer = await server.Anonymous.GetAsync("/metrics");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("http_server_request_duration_seconds", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_AnybodyElse_NeedsAKey()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();
        using HttpRequestMessage request = new(HttpMethod.Get, "/metrics");
        request.Headers.Add("X-Forwarded-For", "192.0.2.1");

        using HttpResponseMessage answer = await server.Anonymous.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }
}
