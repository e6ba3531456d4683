using LogView.Server.Accounts;
using LogView.Tests.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LogView.Tests.Hosting;

/// <summary>Nothing is open by accident: each endpoint asks for a right or stands here with the reason why not.</summary>
public sealed class EndpointTests
{
    /// <summary>Routes for everybody → why.</summary>
    private static readonly Dictionary<string, string> Open = new(StringComparer.Ordinal)
    {
        ["/health/live"] = "orchestrators ask without a key; it tells nothing but that the process runs",
        ["/health/ready"] = "the same; it tells nothing but whether to send traffic",
        ["/sign-in"] = "how somebody becomes known",
        ["/sign-in/key"] = "how somebody becomes known",
        ["/sign-out"] = "ends whatever session there is; needs the form's antiforgery token",
        ["/api/{**path}"] = "answers 404 for endpoints that are not there",
        ["/error"] = "tells nothing but a number to look up",
        ["/not-found"] = "tells nothing",
    };

    [Fact]
    public async Task Endpoint_Any_NeedsARightOrIsOpenForAReason()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();

        string[] unexplained =
        [
            .. Routes(server).Where(e => e.Metadata.GetMetadata<RequiredRight>() is null || e.Metadata.GetMetadata<IAllowAnonymous>() is not null)
                .Where(e => !IsStaticFile(e)).Select(e => e.RoutePattern.RawText!).Where(r => !Open.ContainsKey(r)).Distinct(),
        ];

        Assert.True(unexplained.Length == 0, "Without RequireRight and without a reason: " + string.Join(", ", unexplained));
    }

    [Fact]
    public async Task Open_EachRoute_Exists()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();

        Assert.Empty(Open.Keys.Except(Routes(server).Select(e => e.RoutePattern.RawText!)));
    }

    [Fact]
    public async Task Endpoint_WithARight_AnswersNobodyWith401()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();
        List<string> wrong = [];
        foreach (RouteEndpoint endpoint in Routes(server).Where(e => !IsStaticFile(e) && !Open.ContainsKey(e.RoutePattern.RawText!)))
        {
            string path = "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(s => s.Parts.All(p => p.IsLiteral) ? string.Concat(s.Parts.OfType<Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart>().Select(p => p.Content)) : "x"));
            string method = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is [var first, ..] ? first : "GET";
            using HttpRequestMessage request = new(new HttpMethod(method), path);
            // A proxy passed it on: whoever asks is not a program on this machine.
            request.Headers.Add("X-Forwarded-For", "192.0.2.1");
            using HttpResponseMessage answer = await server.Anonymous.SendAsync(request);
            if ((int)answer.StatusCode != StatusCodes.Status401Unauthorized && (int)answer.StatusCode != StatusCodes.Status415UnsupportedMediaType)
            {
                wrong.Add($"{method} {path}: {(int)answer.StatusCode}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static IEnumerable<RouteEndpoint> Routes(LogViewServer server) =>
        server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    /// <summary>Files of the program itself: styles, scripts, pictures. The same for everybody.</summary>
    private static bool IsStaticFile(RouteEndpoint endpoint) =>
        endpoint.Metadata.Any(m => m.GetType().Name == "StaticAssetDescriptor");
}
