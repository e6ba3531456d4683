using Microsoft.Playwright;

namespace LogView.Tests.Browser;

/// <summary>
/// A page that goes away tells the server (<c>/_blazor/disconnect</c>, a beacon). The browser keeps a connection for the answer, and it has six of them in all: while the
/// server waits for scripts that nobody loads any more, the next pages of that person wait, too.
/// </summary>
[Trait("Kind", "slow")]
public sealed class LeavingTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    /// <summary>Much less than the minute after which Blazor gives up a call, much more than a busy machine needs.</summary>
    private const int AtOnceMilliseconds = 20_000;

    [Theory]
    [InlineData("/discover", "MainLayout.razor.js")]
    [InlineData("/discover", "Hotkeys.razor.js")]
    [InlineData("/discover", "EventTable.razor.js")]
    [InlineData("/tail", "TailPage.razor.js")]
    [InlineData("/tail", "QueryBox.razor.js")]
    public async Task Page_LeftBeforeItsScriptCame_IsLetGoOfAtOnce(string page, string script)
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser);
        await me.Page.Locator("html[data-live]").WaitForAsync();
        // The beacon is kept back and sent here, where its answer is seen.
        await me.Context.AddInitScriptAsync("navigator.sendBeacon = (url, form) => { localStorage.setItem('left', form.get('circuitId')); return true; };");
        HeldScript held = await HeldScript.OfAsync(me.Context, script);
        await me.Page.GotoAsync(page, new() { WaitUntil = WaitUntilState.Commit });
        await held.Asked;

        await me.Page.GotoAsync("/sign-in", new() { WaitUntil = WaitUntilState.Commit });
        string circuit = await me.Page.EvaluateAsync<string>("() => localStorage.getItem('left')");
        IFormData form = me.Context.APIRequest.CreateFormData();
        form.Append("circuitId", circuit);
        IAPIResponse answer = await me.Context.APIRequest.PostAsync("/_blazor/disconnect", new() { Multipart = form, Timeout = AtOnceMilliseconds });

        Assert.True(answer.Ok, $"{answer.Status} {answer.StatusText}");
    }
}
