using System.Net;
using LogView.Tests.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LogView.Tests.Layout;

/// <summary>Static files of other projects are easily mapped to endpoints that answer 200 with nothing.</summary>
public class StaticFilesTests
{
    [Theory]
    [InlineData("css/app.css", "text/css", "--lv-")]
    [InlineData("css/tokens.css", "text/css", "--lv-level-error")]
    [InlineData("js/theme.js", "text/javascript", "logview-theme")]
    [InlineData("js/early.js", "text/javascript", "data-early")]
    [InlineData("img/logo.svg", "image/svg+xml", "<svg")]
    [InlineData("_content/LogView.Client/LogView.Client.bundle.scp.css", "text/css", "lv-chart")]
    [InlineData("_content/LogView.Client/Discover/Events/EventTable.razor.js", "text/javascript", "export function watch")]
    [InlineData("_content/MudBlazor/MudBlazor.min.css", "text/css", "mud-")]
    [InlineData("_content/MudBlazor/MudBlazor.min.js", "text/javascript", "function")]
    [InlineData("_framework/blazor.web.js", "text/javascript", "Blazor")]
    public async Task File_PlainAndFingerprinted_IsServedWhole(string path, string type, string holds)
    {
        await using LogViewServer server = await LogViewServer.StartAsync();

        await AssertServedAsync(server, path, type, holds);
        foreach (string route in FingerprintedRoutes(server, path))
        {
            await AssertServedAsync(server, route, type, holds);
        }
    }

    [Fact]
    public async Task OwnFile_Always_HasAFingerprintedRoute()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();

        Assert.NotEmpty(FingerprintedRoutes(server, "css/app.css"));
    }

    private static async Task AssertServedAsync(LogViewServer server, string path, string type, string holds)
    {
        using HttpResponseMessage response = await server.Anonymous.GetAsync(new Uri(server.Url + "/" + path), TestContext.Current.CancellationToken);
        string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
        Assert.Contains(holds, body, StringComparison.Ordinal);
    }

    /// <summary><c>css/app.x1y2z3.css</c> for <c>css/app.css</c>.</summary>
    private static string[] FingerprintedRoutes(LogViewServer server, string path)
    {
        string start = Path.ChangeExtension(path, null) + ".";
        string end = Path.GetExtension(path);
        return
        [
            .. server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                .Select(e => e.RoutePattern.RawText ?? "")
                .Where(r => r.StartsWith(start, StringComparison.Ordinal) && r.EndsWith(end, StringComparison.Ordinal) && r.Length > path.Length)
                .Where(r => !r[start.Length..^end.Length].Contains('.', StringComparison.Ordinal)).Distinct(StringComparer.Ordinal),
        ];
    }
}
