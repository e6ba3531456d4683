using System.Text.RegularExpressions;
using LogView.Tests.Storage.Elastic;
using Microsoft.Playwright;

namespace LogView.Tests.Browser;

/// <summary>Choosing data streams by a pattern, on both engines: it is there again where the address says nothing, and nowhere else.</summary>
[Collection("elasticsearch8")]
[Trait("Kind", "slow")]
public sealed partial class StreamChoiceJourneyTests(Elasticsearch8 server, ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    private const string Chosen = "ds=logs-nginx-*,+logs-app-*,+-*debug";

    [Theory]
    [InlineData("embedded", "dark", 1280)]
    [InlineData("elastic", "light", 1280)]
    [InlineData("embedded", "light", 390)]
    public async Task Choice_OfAPattern_IsRememberedUntilAnotherIsMade(string engine, string scheme, int width)
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser, scheme, width, configure: o => engine is "elastic"
            ? o with { Engine = engine, Cluster = server.Options("", server.NextPrefix()) }
            : o);
        await me.SendAsync(("logs-nginx-a", """{"message":"line of nginx"}"""), ("logs-app-a", """{"message":"line of app"}"""), ("logs-app-debug", """{"message":"line of debug"}"""));
        await me.Page.GotoAsync("/discover");
        await Assertions.Expect(me.Rows).ToHaveCountAsync(3);

        await OpenAsync(me);
        await me.Page.GetByLabel("Name or pattern").FillAsync("logs-nginx-*, logs-app-*, -*debug");
        await me.ShowAsync($"streams-{scheme}-{width}");
        await me.Page.Keyboard.PressAsync("Enter");
        await me.UrlHasAsync(Chosen);
        await Assertions.Expect(me.Rows).ToHaveCountAsync(2);

        await me.Page.GotoAsync("/discover");
        await me.UrlHasAsync(Chosen);
        await Assertions.Expect(me.Rows).ToHaveCountAsync(2);
        await me.ShowAsync($"streams-remembered-{scheme}-{width}");
        await me.Page.GotoAsync("/discover?q=line");
        await Assertions.Expect(me.Rows).ToHaveCountAsync(3);
        await Assertions.Expect(me.Page).Not.ToHaveURLAsync(StreamInAddress());
        await Navigation(me).GetByRole(AriaRole.Link, new() { Name = "Discover", Exact = true }).ClickAsync();
        await me.UrlHasAsync(Chosen);
        await Assertions.Expect(me.Rows).ToHaveCountAsync(2);
        await Navigation(me).GetByRole(AriaRole.Link, new() { Name = "Live tail", Exact = true }).ClickAsync();
        await me.UrlHasAsync("/tail");
        await Navigation(me).GetByRole(AriaRole.Link, new() { Name = "Discover", Exact = true }).ClickAsync();
        await me.UrlHasAsync(Chosen);
        await Assertions.Expect(me.Rows).ToHaveCountAsync(2);

        await OpenAsync(me);
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "All data streams" }).Last.ClickAsync();
        await Assertions.Expect(me.Rows).ToHaveCountAsync(3);
        await Assertions.Expect(me.Page).Not.ToHaveURLAsync(StreamInAddress());
        await me.Page.GoBackAsync();
        await me.UrlHasAsync(Chosen);
        await Assertions.Expect(me.Rows).ToHaveCountAsync(2);
        await me.Page.GotoAsync("/discover");
        await Assertions.Expect(me.Rows).ToHaveCountAsync(3);
        await Assertions.Expect(me.Page).Not.ToHaveURLAsync(StreamInAddress());
    }

    /// <summary>Not the tail's own way to Discover, which is for what it shows.</summary>
    private static ILocator Navigation(SignedInPage me) => me.Page.GetByRole(AriaRole.Navigation, new() { Name = "Main", Exact = true });

    private static Task OpenAsync(SignedInPage me) => me.Page.Locator(".lv-stream-button").ClickAsync();

    [GeneratedRegex("ds=")]
    private static partial Regex StreamInAddress();
}
