using System.Net;
using System.Text.RegularExpressions;
using LogView.Server.Accounts.SignIn;
using LogView.Tests.Testing;

namespace LogView.Tests.Accounts;

public sealed partial class SignInPageTests
{
    [Fact]
    public async Task Page_OfAnotherLanguage_SaysWhereTheLinkIs()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();

        string english = await PageAsync(server, "/sign-in", "en");
        string korean = await PageAsync(server, "/sign-in", "ko");

        Assert.Contains("logview sign-in-link", english, StringComparison.Ordinal);
        Assert.Contains("one-time sign-in link", english, StringComparison.Ordinal);
        Assert.Contains("일회용 로그인 링크", WebUtility.HtmlDecode(korean), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LogViewServer.AdminKey, "/discover?q=a")]
    [InlineData("wrong", "/sign-in?problem=key&returnUrl=%2Fdiscover%3Fq%3Da")]
    public async Task Form_WithAKey_SignsInOrSaysWhyNot(string key, string expected)
    {
        await using LogViewServer server = await LogViewServer.StartAsync();
        string page = await PageAsync(server, "/sign-in?returnUrl=%2Fdiscover%3Fq%3Da", "en");

        using HttpResponseMessage answer = await server.Anonymous.PostAsync("/sign-in/key", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["key"] = key, ["returnUrl"] = "/discover?q=a", ["__RequestVerificationToken"] = TokenIn(page),
        }));

        Assert.Equal(expected, answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Form_TriedTooOften_SaysSoEvenToTheRightKey()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();
        string token = TokenIn(await PageAsync(server, "/sign-in", "en"));

        // A new minute may begin meanwhile, so twice as many as one allows.
        List<string?> led = [];
        for (int i = 0; i < 2 * SignInRate.PerMinute + 1; i++)
        {
            using HttpResponseMessage answer = await server.Anonymous.PostAsync("/sign-in/key", new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["key"] = i < 2 * SignInRate.PerMinute ? "wrong" : LogViewServer.AdminKey, ["__RequestVerificationToken"] = token,
            }));
            led.Add(answer.Headers.Location?.OriginalString);
        }

        Assert.Equal("/sign-in?problem=key&returnUrl=%2F", led[0]);
        Assert.Equal("/sign-in?problem=rate&returnUrl=%2F", led[^1]);
        Assert.Contains("too often", await PageAsync(server, led[^1]!, "en"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_WithoutItsAntiforgeryToken_IsRefused()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();

        using HttpResponseMessage answer = await server.Anonymous.PostAsync("/sign-in/key", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["key"] = LogViewServer.AdminKey,
        }));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Page_OfAnybodyElse_LeadsToSignInAndBack()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();
        using HttpRequestMessage request = new(HttpMethod.Get, "/admin/keys?x=1");
        request.Headers.Add("Accept", "text/html");

        using HttpResponseMessage answer = await server.Anonymous.SendAsync(request);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/sign-in?returnUrl=%2Fadmin%2Fkeys%3Fx%3D1", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Page_HostileReturnUrl_IsText()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();

        string page = await PageAsync(server, "/sign-in?problem=%3Cscript%3E&returnUrl=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "en");

        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/css/app.css", "text/css")]
    [InlineData("/_framework/blazor.web.js", "text/javascript")]
    [InlineData("/_content/MudBlazor/MudBlazor.min.css", "text/css")]
    public async Task StaticFile_Anybody_HasContent(string path, string type)
    {
        await using LogViewServer server = await LogViewServer.StartAsync();

        using HttpResponseMessage answer = await server.Anonymous.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync());
    }

    private static async Task<string> PageAsync(LogViewServer server, string path, string language)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        request.Headers.Add("Accept", "text/html");
        request.Headers.Add("Accept-Language", language);
        using HttpResponseMessage answer = await server.Anonymous.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    private static string TokenIn(string page) => TokenField().Match(page).Groups[1].Value;

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex TokenField();
}
