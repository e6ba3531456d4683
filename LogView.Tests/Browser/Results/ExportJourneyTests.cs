using System.Globalization;
using Microsoft.Playwright;

namespace LogView.Tests.Browser.Results;

/// <summary>From a result to a file with a row for each hit.</summary>
[Trait("Kind", "slow")]
public sealed class ExportJourneyTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    [Theory]
    [InlineData("dark", 1280)]
    [InlineData("light", 390)]
    public async Task Export_OfAFilteredResult_HasEachHit(string scheme, int width)
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser, scheme, width);
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Generate demo events" }).ClickAsync();
        await Assertions.Expect(me.Rows.First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        string from = TimeProvider.System.GetUtcNow().AddHours(-20).ToString("O", CultureInfo.InvariantCulture), to = TimeProvider.System.GetUtcNow().AddHours(-1).ToString("O", CultureInfo.InvariantCulture);
        await me.Page.GotoAsync($"/discover?from={Uri.EscapeDataString(from)}&to={Uri.EscapeDataString(to)}&f=is:service.name:gateway");
        await Assertions.Expect(me.Rows.First).ToBeVisibleAsync();
        await Assertions.Expect(me.Status).ToContainTextAsync("complete");
        long hits = await me.HitsAsync();
        Assert.True(hits > 10_000, "More than one page of an export.");

        foreach (string format in new[] { "CSV", "NDJSON" })
        {
            await me.Page.GetByRole(AriaRole.Button, new() { Name = "Export", Exact = true }).ClickAsync();
            Task<IDownload> download = me.Page.WaitForDownloadAsync();
            await me.Page.GetByRole(AriaRole.Button, new() { Name = format, Exact = true }).ClickAsync();

            await Assertions.Expect(me.Page.Locator(".lv-export-progress")).ToContainTextAsync($"Exported {hits.ToString("N0", CultureInfo.InvariantCulture)} rows");
            await me.ShowAsync($"export-{format}-{scheme}-{width}");
            string path = await (await download).PathAsync();
            string[] lines = await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(format == "CSV" ? hits + 1 : hits, lines.Length);
            await me.Page.Keyboard.PressAsync("Escape");
        }
    }
}
