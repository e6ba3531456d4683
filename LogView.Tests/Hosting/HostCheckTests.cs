using System.Net;
using LogView.Tests.Testing;

namespace LogView.Tests.Hosting;

public sealed class HostCheckTests
{
    [Theory]
    [InlineData("rebound.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("logs.example", HttpStatusCode.OK)]
    [InlineData("localhost", HttpStatusCode.OK)]
    public async Task Request_OnLoopback_MustNameThisMachineOrAnAllowedHost(string host, HttpStatusCode expected)
    {
        await using LogViewServer server = await LogViewServer.StartAsync(o => o with { Settings = o.Settings with { AllowedHosts = ["logs.example"] } });
        using HttpRequestMessage request = new(HttpMethod.Get, "/health/live");
        request.Headers.Host = host;

        using HttpResponseMessage answer = await server.Anonymous.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Page_Any_HasThePolicyAgainstHostileMarkup()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();

        using HttpResponseMessage answer = await server.Anonymous.GetAsync("/sign-in");

        string policy = string.Join(' ', answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", string.Join(' ', answer.Headers.GetValues("X-Content-Type-Options")));
    }
}
