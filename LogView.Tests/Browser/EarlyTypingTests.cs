using Microsoft.Playwright;

namespace LogView.Tests.Browser;

/// <summary>
/// A person does not wait for scripts. What is typed into the box as the server drew it, or into the one that Blazor puts in its place,
/// stays, and an Enter pressed in that time runs the query as soon as the editor is there.
/// </summary>
[Trait("Kind", "slow")]
public sealed class EarlyTypingTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    private const string BlazorScript = "_framework/blazor.web.js";
    private const string EditorScript = "QueryBox.razor.js";
    private const string Query = "log.level: error";

    public static TheoryData<string, string> Places => new()
    {
        { "/discover", BlazorScript }, { "/discover", EditorScript }, { "/tail", BlazorScript }, { "/tail", EditorScript },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public async Task TextAndEnter_BeforeTheEditorIsThere_RunOnceItIs(string page, string script)
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser);
        HeldScript held = await OpenHeldAsync(me, page, script);

        await me.QueryBox.PressSequentiallyAsync(Query);
        await me.QueryBox.PressAsync("Enter");
        Assert.Equal(Query, await me.QueryBox.InputValueAsync());
        held.LetGo();

        await me.UrlHasAsync("q=log.level");
        await Assertions.Expect(me.QueryBox).ToHaveValueAsync(Query);
        await Assertions.Expect(me.QueryBox).ToBeFocusedAsync();
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Text_BeforeTheEditorIsThere_StaysWithCaretAndFocus(string page, string script)
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser);
        HeldScript held = await OpenHeldAsync(me, page + "?q=old", script);

        await me.QueryBox.FillAsync("timeot error");
        await me.QueryBox.PressAsync("Home");
        for (int i = 0; i < "timeo".Length; i++)
        {
            await me.QueryBox.PressAsync("ArrowRight");
        }

        held.LetGo();
        await AttachedAsync(me);
        await me.Page.Keyboard.TypeAsync("u");

        await Assertions.Expect(me.QueryBox).ToHaveValueAsync("timeout error");
        await Assertions.Expect(me.QueryBox).ToBeFocusedAsync();
        await me.Page.Keyboard.PressAsync("Enter");
        await me.UrlHasAsync("q=timeout");
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Keys_WhileTheBoxIsReplaced_AllArriveInOrder(string page, string script)
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser);
        HeldScript held = await OpenHeldAsync(me, page, script);
        const string Long = "a long text that is typed all the while the page gets its scripts and its circuit";

        await me.QueryBox.FocusAsync();
        held.LetGo();
        await me.Page.Keyboard.TypeAsync(Long, new() { Delay = 15 });
        await me.Page.Keyboard.PressAsync("Enter");

        await me.UrlHasAsync("q=a");
        await Assertions.Expect(me.QueryBox).ToHaveValueAsync(Long);
    }

    [Fact]
    public async Task Enter_ThatEndsAComposition_DoesNotRun()
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser);
        HeldScript held = await OpenHeldAsync(me, "/discover", BlazorScript);
        ICDPSession keys = await me.Context.NewCDPSessionAsync(me.Page);

        await me.QueryBox.FocusAsync();
        await keys.SendAsync("Input.imeSetComposition", new() { ["text"] = "결제", ["selectionStart"] = 2, ["selectionEnd"] = 2 });
        await keys.SendAsync("Input.dispatchKeyEvent", new() { ["type"] = "rawKeyDown", ["key"] = "Process", ["windowsVirtualKeyCode"] = 229 });
        await keys.SendAsync("Input.insertText", new() { ["text"] = "결제" });
        held.LetGo();
        await AttachedAsync(me);

        await Assertions.Expect(me.QueryBox).ToHaveValueAsync("결제");
        Assert.DoesNotContain("q=", me.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slash_BeforeTheEditorIsThere_GoesToTheBox()
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser);
        HeldScript held = await OpenHeldAsync(me, "/discover", BlazorScript);

        await me.Page.Keyboard.TypeAsync("/timeout");
        held.LetGo();
        await AttachedAsync(me);

        await Assertions.Expect(me.QueryBox).ToHaveValueAsync("timeout");
        await Assertions.Expect(me.QueryBox).ToBeFocusedAsync();
    }

    /// <summary>A page that is as far as it gets without the script.</summary>
    private static async Task<HeldScript> OpenHeldAsync(SignedInPage me, string page, string script)
    {
        await me.Page.GetByText("No events yet").WaitForAsync();
        HeldScript held = await HeldScript.OfAsync(me.Context, script);
        await me.Page.GotoAsync(page, new() { WaitUntil = WaitUntilState.Commit });
        await held.Asked;
        await me.QueryBox.WaitForAsync();
        return held;
    }

    private static Task AttachedAsync(SignedInPage me) => me.Page.Locator("textarea[data-live]").WaitForAsync();
}
