using System.Text.RegularExpressions;
using LogView.Tests.Testing;

namespace LogView.Tests.Layout;

/// <summary>What a browser fetches before a page answers.</summary>
public sealed partial class PageWeightTests
{
    /// <summary>Bytes of all styles and scripts before the page answers.</summary>
    private const long MaxBytes = 130_000;

    [Theory]
    [InlineData("br")]
    [InlineData("gzip, deflate, br, zstd")]
    public async Task StylesAndScripts_OfThePage_AreSmallAndKept(string encodings)
    {
        await using LogViewServer server = await LogViewServer.StartAsync();
        string page = await server.Anonymous.GetStringAsync("/sign-in", TestContext.Current.CancellationToken);
        string[] files = [.. Linked().Matches(page).Select(m => m.Groups["path"].Value)];
        long total = 0;
        foreach (string file in files)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, "/" + file);
            request.Headers.TryAddWithoutValidation("Accept-Encoding", encodings);
            using HttpResponseMessage response = await server.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);
            total += (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length;

            Assert.True(response.IsSuccessStatusCode, file);
            Assert.Equal("br", Assert.Single(response.Content.Headers.ContentEncoding));
            Assert.Equal("public, max-age=31536000, immutable", response.Headers.CacheControl?.ToString().Replace("immutable, public, max-age=31536000", "public, max-age=31536000, immutable", StringComparison.Ordinal));
        }

        Assert.InRange(files.Length, 7, 20);
        Assert.InRange(total, 1, MaxBytes);
    }

    [GeneratedRegex("""(?:href|src)="(?<path>[^"]+\.(?:css|js)\?v=[^"]+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Linked();
}
