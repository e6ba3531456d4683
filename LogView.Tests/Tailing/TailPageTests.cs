using LogView.Tests.Browser;
using Microsoft.Playwright;

namespace LogView.Tests.Tailing;

/// <summary>Live tail in Chromium.</summary>
[Trait("Kind", "slow")]
public sealed class TailPageTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    [Theory]
    [InlineData("dark", 1280)]
    [InlineData("light", 1280)]
    [InlineData("dark", 390)]
    public async Task Page_EventsArrive_ShowsThemAtTheBottom(string scheme, int width)
    {
        await using TailBrowser tail = await TailBrowser.OpenAsync(chromium.Browser, stored: 60, scheme: scheme, width: width);
        await tail.LiveAsync();
        await tail.MatchedAsync(60);
        await tail.ShowAsync($"tail-{scheme}-{width}");

        await tail.AppendAsync(3);
        await tail.MatchedAsync(63);

        await Assertions.Expect(tail.Rows.Last).ToContainTextAsync("63");
        await Assertions.Expect(tail.Rows.Last).ToBeInViewportAsync();
        Assert.Equal(63, await tail.Rows.CountAsync());
        Assert.Equal((63, 0), (await tail.CountAsync("tail-shown"), await tail.CountAsync("tail-left-out")));
    }

    [Fact]
    public async Task Page_NothingStored_SaysThatItWaits()
    {
        await using TailBrowser tail = await TailBrowser.OpenAsync(chromium.Browser);
        await tail.LiveAsync();

        await Assertions.Expect(tail.Part("tail-empty")).ToBeVisibleAsync();
        await tail.ShowAsync("tail-empty");
        await tail.AppendAsync(1);

        await Assertions.Expect(tail.Part("tail-empty")).ToBeHiddenAsync();
    }
}
