using Microsoft.Playwright;

namespace LogView.Tests.Browser;

/// <summary>A button that is pressed before the page's scripts are there does what it says once they are.</summary>
[Trait("Kind", "slow")]
public sealed class EarlyClickTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    private const string BlazorScript = "_framework/blazor.web.js";

    [Theory]
    [InlineData("/discover")]
    [InlineData("/tail")]
    [InlineData("/admin/health")]
    public async Task Button_BeforeThePageIsLive_IsPressedOnceItIs(string page)
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser);
        HeldScript held = await OpenHeldAsync(me, page, BlazorScript);

        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Go to or do", Exact = true }).ClickAsync();
        held.LetGo();

        await Assertions.Expect(me.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await Assertions.Expect(me.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
    }

    [Fact]
    public async Task LastButton_OfTwoPressed_IsTheOne()
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser);
        HeldScript held = await OpenHeldAsync(me, "/discover", BlazorScript);

        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Go to or do", Exact = true }).ClickAsync();
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Keyboard shortcuts", Exact = true }).ClickAsync();
        held.LetGo();

        ILocator sheet = me.Page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(sheet).ToHaveCountAsync(1);
        await Assertions.Expect(sheet).ToContainTextAsync("Keyboard shortcuts");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Button_HeldWhileBlazorReplacesIt_IsPressedWhenItIsLetGoThere(bool there)
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser);
        HeldScript held = await OpenHeldAsync(me, "/discover", BlazorScript);

        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Go to or do", Exact = true }).HoverAsync();
        await me.Page.Mouse.DownAsync();
        held.LetGo();
        await me.Page.Locator("html[data-live]").WaitForAsync();
        await Assertions.Expect(me.QueryBox).ToHaveAttributeAsync("data-live", "");
        ILocator shortcuts = me.Page.GetByRole(AriaRole.Button, new() { Name = "Keyboard shortcuts", Exact = true });
        if (!there)
        {
            await shortcuts.HoverAsync();
        }

        await me.Page.Mouse.UpAsync();
        if (!there)
        {
            await shortcuts.ClickAsync();
        }

        await Assertions.Expect(me.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(1);
        await Assertions.Expect(me.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Combobox)).ToHaveCountAsync(there ? 1 : 0);
    }

    [Theory]
    [InlineData(BlazorScript)]
    [InlineData("QueryBox.razor.js")]
    public async Task Search_BeforeTheEditorIsThere_RunsWhatWasTyped(string script)
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser);
        HeldScript held = await OpenHeldAsync(me, "/discover", script);

        await me.QueryBox.PressSequentiallyAsync("timeout");
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Search", Exact = true }).ClickAsync();
        held.LetGo();

        await me.UrlHasAsync("q=timeout");
        await Assertions.Expect(me.QueryBox).ToHaveValueAsync("timeout");
    }

    [Fact]
    public async Task Row_BeforeItsTableListens_IsOpenedOnceItDoes()
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser);
        await me.SendAsync(("logs-shop-prod", """{"message":"card declined"}"""));
        HeldScript held = await OpenHeldAsync(me, "/discover", "EventTable.razor.js");

        await me.Rows.First.ClickAsync();
        held.LetGo();

        await Assertions.Expect(me.Page.GetByRole(AriaRole.Region, new() { Name = "Event", Exact = true })).ToContainTextAsync("card declined");
    }

    private static async Task<HeldScript> OpenHeldAsync(SignedInPage me, string page, string script)
    {
        await me.Page.Locator("html[data-live]").WaitForAsync();
        HeldScript held = await HeldScript.OfAsync(me.Context, script);
        await me.Page.GotoAsync(page, new() { WaitUntil = WaitUntilState.Commit });
        await held.Asked;
        return held;
    }
}
