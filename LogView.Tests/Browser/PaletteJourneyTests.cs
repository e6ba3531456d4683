using Microsoft.Playwright;

namespace LogView.Tests.Browser;

/// <summary>Everything by its name, with the keyboard alone.</summary>
[Trait("Kind", "slow")]
public sealed class PaletteJourneyTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    [Theory]
    [InlineData("dark", 1280)]
    [InlineData("light", 390)]
    public async Task Palette_Typed_GoesWhereItSays(string scheme, int width)
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser, scheme, width);
        await me.SendAsync(("logs-shop-prod", $$"""{"@timestamp":"{{TimeProvider.System.GetUtcNow():O}}","log.level":"error","message":"card declined"}"""));
        await me.Page.GotoAsync("/discover?q=message:+card&from=now-24h&to=now");
        await Assertions.Expect(me.Rows.First).ToBeVisibleAsync();
        await SaveViewAsync(me, "Cards of the shop");

        ILocator box = await OpenAsync(me);
        await box.FillAsync("shop");
        await me.ShowAsync($"palette-{scheme}-{width}");
        await Assertions.Expect(Current(me)).ToContainTextAsync("Cards of the shop");
        await box.PressAsync("ArrowDown");
        await Assertions.Expect(Current(me)).ToContainTextAsync("Search for shop");
        await box.PressAsync("ArrowUp");
        await Assertions.Expect(Current(me)).ToContainTextAsync("Cards of the shop");
        await box.PressAsync("Enter");
        await Assertions.Expect(box).ToBeHiddenAsync();
        await me.UrlHasAsync("view=");
        await Assertions.Expect(me.QueryBox).ToHaveValueAsync("message: card");

        box = await OpenAsync(me);
        await box.FillAsync("key shortcuts");
        await Assertions.Expect(me.Page.GetByRole(AriaRole.Listbox, new() { Name = "Commands" }).GetByRole(AriaRole.Option)).ToHaveCountAsync(3);
        await box.FillAsync("<b>timed out");
        await Assertions.Expect(Current(me)).ToContainTextAsync("Search for <b>timed out");
        await box.PressAsync("Enter");
        await Assertions.Expect(me.QueryBox).ToHaveValueAsync("<b>timed out");

        await OpenAsync(me);
        await me.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(me.Page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
        // The pointer rests where the second line will be: it does not choose.
        await me.Page.Mouse.MoveAsync(width / 2, 148);
        await (await OpenAsync(me)).FillAsync("live");
        await Assertions.Expect(Current(me)).ToContainTextAsync("Page");
        await me.Page.Keyboard.PressAsync("Enter");
        await me.UrlHasAsync("/tail");
    }

    [Theory]
    [InlineData("live", "/tail")]
    [InlineData("/j?", "q=%2Fj%3F")]
    public async Task Palette_TypedBeforeItIsThere_TakesWhatWasTyped(string typed, string address)
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser, at: "/discover");
        await OpenAsync(me);
        await me.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(me.Page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();

        // All in one go: nothing of the server's comes between.
        await me.Page.EvaluateAsync(
            """
            typed => {
                const press = (key, more) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
                press('k', { code: 'KeyK', ctrlKey: true });
                [...typed, 'x', 'Backspace', 'Enter'].forEach(key => press(key));
            }
            """,
            typed);

        await me.UrlHasAsync(address);
    }

    [Fact]
    public async Task Palette_EscapeBeforeItIsThere_ClosesIt()
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser, at: "/discover");
        await OpenAsync(me);
        await me.Page.Keyboard.PressAsync("Escape");
        ILocator dialog = me.Page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        await me.Page.EvaluateAsync("() => { window.seen = 0; new MutationObserver(() => window.seen = Math.max(window.seen, document.querySelectorAll('.lv-palette').length)).observe(document.body, { childList: true, subtree: true }); }");

        await me.Page.EvaluateAsync(
            """
            () => {
                const press = (key, more) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
                press('k', { code: 'KeyK', ctrlKey: true });
                press('x');
                press('Escape');
            }
            """);

        await me.Page.WaitForFunctionAsync("() => window.seen === 1");
        await Assertions.Expect(dialog).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Palette_TypedAndTakenBeforeTheViewsAreThere_OpensTheView()
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser, at: "/discover?q=card");
        await Assertions.Expect(me.QueryBox).ToHaveAttributeAsync("data-live", "");
        await SaveViewAsync(me, "Cards of the shop");
        await me.Page.GotoAsync("/tail");
        await me.Page.Locator("[data-testid=tail][data-state=live]").WaitForAsync();
        await me.Page.WaitForFunctionAsync("() => 'keys' in document.documentElement.dataset");

        await me.Page.EvaluateAsync(
            """
            () => {
                const press = (key, more) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
                press('k', { code: 'KeyK', ctrlKey: true });
                [...'cards', 'Enter'].forEach(key => press(key));
            }
            """);

        await me.UrlHasAsync("view=");
    }

    /// <summary>Also from within the query box, where single keys are text.</summary>
    private static async Task<ILocator> OpenAsync(SignedInPage me)
    {
        // The page's keys are the last part of it to come.
        await Assertions.Expect(me.QueryBox).ToHaveAttributeAsync("data-live", "");
        await me.Page.WaitForFunctionAsync("() => 'keys' in document.documentElement.dataset");
        await me.QueryBox.FocusAsync();
        await me.Page.Keyboard.PressAsync("Control+k");
        ILocator box = me.Page.GetByRole(AriaRole.Combobox, new() { Name = "Go to or do" });
        await Assertions.Expect(box).ToBeFocusedAsync();
        return box;
    }

    private static ILocator Current(SignedInPage me) => me.Page.GetByRole(AriaRole.Listbox, new() { Name = "Commands" }).GetByRole(AriaRole.Option, new() { Selected = true });

    private static async Task SaveViewAsync(SignedInPage me, string name)
    {
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Saved views", Exact = true }).ClickAsync();
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Save this as a new view" }).ClickAsync();
        await me.Page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await me.Page.Keyboard.PressAsync("Enter");
        await me.UrlHasAsync("view=");
    }
}
