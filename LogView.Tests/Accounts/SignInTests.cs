using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LogView.Server.Accounts.SignIn;
using LogView.Server.Hosting.Starting;
using LogView.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace LogView.Tests.Accounts;

public sealed class SignInTests
{
    [Fact]
    public async Task Link_FirstUse_OpensASession()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();
        string link = server.Output.ToString().Split('\n')[1].Trim();

        using HttpResponseMessage answer = await server.Anonymous.GetAsync(link);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/", answer.Headers.Location?.OriginalString);
        using HttpResponseMessage keys = await server.Anonymous.GetAsync("/api/v1/keys");
        Assert.Equal(HttpStatusCode.OK, keys.StatusCode);
    }

    [Fact]
    public async Task Link_SecondUse_OpensNothing()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();
        string link = server.Output.ToString().Split('\n')[1].Trim();
        using HttpResponseMessage first = await server.Anonymous.GetAsync(link);

        using HttpResponseMessage second = await server.NewClient(server.Url, key: null).GetAsync(link);

        Assert.Contains("/sign-in?problem=link", second.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.False(second.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("HEAD", null)]
    [InlineData("GET", "prefetch")]
    public async Task Link_LookedAtAhead_IsNotUsedUp(string method, string? purpose)
    {
        await using LogViewServer server = await LogViewServer.StartAsync();
        string link = server.Output.ToString().Split('\n')[1].Trim();
        using HttpRequestMessage ahead = new(new HttpMethod(method), link);
        ahead.Headers.Add("Sec-Purpose", purpose);

        using HttpResponseMessage looked = await server.Anonymous.SendAsync(ahead);
        using HttpResponseMessage answer = await server.Anonymous.GetAsync(link);

        Assert.False(looked.Headers.Contains("Set-Cookie"));
        Assert.Equal("/", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Link_AfterItsLifetime_OpensNothing()
    {
        FakeTimeProvider time = new(DateTimeOffset.UnixEpoch.AddYears(50));
        await using LogViewServer server = await LogViewServer.StartAsync(replace: s => s.AddSingleton<TimeProvider>(time));
        string token = server.Services.GetRequiredService<SignInLinks>().NewToken();

        time.Advance(SignInLinks.Lifetime);

        Assert.False(server.Services.GetRequiredService<SignInLinks>().TryUse(token));
    }

    [Theory]
    [InlineData("/discover?q=a%20b", "/discover?q=a%20b")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example/", "/")]
    public async Task Link_WithReturnUrl_GoesBackWithinThisSiteOnly(string returnUrl, string expected)
    {
        await using LogViewServer server = await LogViewServer.StartAsync();
        string link = server.Output.ToString().Split('\n')[1].Trim();

        using HttpResponseMessage answer = await server.Anonymous.GetAsync($"{link}&returnUrl={Uri.EscapeDataString(returnUrl)}");

        Assert.Equal(expected, answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task NewLink_WithTheAdminKey_Works()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();

        using HttpResponseMessage made = await server.Client.PostAsync("/api/v1/sign-in-links", content: null);

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        string link = (string)(await made.Content.ReadFromJsonAsync<JsonNode>())!["url"]!;
        using HttpResponseMessage answer = await server.Anonymous.GetAsync(link);
        Assert.Equal("/", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task NewLink_FromTheCommandLine_WorksOnTheRunningServer()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();
        using StringWriter output = new();

        int exitCode = await Starter.RunAsync(["sign-in-link", "--data", server.DataFolder], new Dictionary<string, string>(StringComparer.Ordinal),
            new StandardStreams(output, TextWriter.Null), (_, _) => throw new InvalidOperationException("Not a start"));

        Assert.Equal(0, exitCode);
        using HttpResponseMessage answer = await server.Anonymous.GetAsync(output.ToString().Trim());
        Assert.Equal("/", answer.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Session_UsedByAPageOfAnotherOrigin_IsRefused(string header, string value)
    {
        await using LogViewServer server = await LogViewServer.StartAsync();
        using HttpResponseMessage signedIn = await server.Anonymous.GetAsync(server.Output.ToString().Split('\n')[1].Trim());
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/v1/sign-in-links");
        request.Headers.Add(header, value);

        using HttpResponseMessage answer = await server.Anonymous.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Session_TamperedCookie_IsNobody()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();
        using HttpRequestMessage request = new(HttpMethod.Get, "/api/v1/keys");
        request.Headers.Add("Cookie", "logview.session=CfDJ8AAAAA");

        using HttpResponseMessage answer = await server.Anonymous.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }
}
