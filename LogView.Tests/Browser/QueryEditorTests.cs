using System.Net.Http.Headers;
using System.Text;
using LogView.Client.Language;
using Microsoft.Playwright;

namespace LogView.Tests.Browser;

/// <summary>The query box under a person's hands: suggestions, earlier queries, examples, undo, long texts and input methods.</summary>
[Trait("Kind", "slow")]
public sealed class QueryEditorTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    [Fact]
    public async Task Suggestions_FieldThenValueThenKeyword_AreTakenWithKeys()
    {
        await using SignedInPage me = await OpenAsync();

        await me.QueryBox.PressSequentiallyAsync("servi");
        await Assertions.Expect(Options(me)).ToHaveTextAsync(["service.namekeyword"]);
        await me.Page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(Options(me).First).ToHaveAttributeAsync("aria-selected", "true");
        await me.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(me.QueryBox).ToHaveValueAsync("service.name: ");
        await Assertions.Expect(Options(me)).ToHaveTextAsync(["checkout-api2", "payment1"]);
        await me.ShowAsync("editor-values-dark");
        await me.Page.Keyboard.PressAsync("ArrowDown");
        await me.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(me.QueryBox).ToHaveValueAsync("service.name: \"checkout-api\" ");
        await me.Page.Keyboard.PressAsync("Control+ ");
        await Assertions.Expect(Options(me).First).ToHaveTextAsync("and");
        await me.Page.Keyboard.PressAsync("Escape");

        await me.Page.Keyboard.PressAsync("Control+z");
        await Assertions.Expect(me.QueryBox).ToHaveValueAsync("service.name: ");
        await me.Page.Keyboard.PressAsync("Control+Shift+z");
        await Assertions.Expect(me.QueryBox).ToHaveValueAsync("service.name: \"checkout-api\" ");
        await me.Page.Keyboard.PressAsync("Enter");
        await me.UrlHasAsync("q=service.name");
    }

    [Theory]
    [InlineData("se", "rvi", "service.name: ")]
    [InlineData("refused and se", "rvi", "refused and service.name: ")]
    public async Task Suggestion_TakenBeforeThoseOfWhatIsTypedCome_ReplacesTheWholeWord(string before, string typed, string taken)
    {
        await using SignedInPage me = await OpenAsync();
        await me.QueryBox.PressSequentiallyAsync(before);
        await Assertions.Expect(Options(me)).ToHaveTextAsync(["service.namekeyword"]);

        await TypeAndTakeAsync(me, typed);

        await Assertions.Expect(me.QueryBox).ToHaveValueAsync(taken);
    }

    [Fact]
    public async Task Suggestion_OfAWordThatIsGone_IsNotTaken()
    {
        await using SignedInPage me = await OpenAsync();
        await me.QueryBox.PressSequentiallyAsync("refused and se");
        await Assertions.Expect(Options(me)).ToHaveTextAsync(["service.namekeyword"]);
        await me.QueryBox.EvaluateAsync("box => box.setSelectionRange(0, box.value.length)");

        await TypeAndTakeAsync(me, "again");

        await Assertions.Expect(me.QueryBox).ToHaveValueAsync("again");
        await me.UrlHasAsync("q=again");
    }

    /// <summary>Types, steps to the first suggestion and presses Enter, all before the browser does anything else.</summary>
    private static async Task TypeAndTakeAsync(SignedInPage me, string typed) => await me.QueryBox.EvaluateAsync("""
        (box, typed) => {
          document.execCommand('insertText', false, typed);
          for (const key of ['ArrowDown', 'Enter']) {
            box.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
          }
        }
        """, typed);

    [Fact]
    public async Task EarlierQueries_AreRecalledWithKeysAndForgotten()
    {
        await using SignedInPage me = await OpenAsync();
        foreach (string query in new[] { "refused", "timeout", "refused", "log.level: (" })
        {
            await me.AskAsync(query);
        }

        await Assertions.Expect(me.QueryBox).ToHaveAttributeAsync("aria-invalid", "true");
        await me.ShowAsync("editor-error-dark");
        await me.QueryBox.FillAsync("draft");
        await me.QueryBox.PressAsync("Alt+ArrowUp");
        await Assertions.Expect(me.QueryBox).ToHaveValueAsync("refused");
        await me.QueryBox.PressAsync("Alt+ArrowUp");
        await Assertions.Expect(me.QueryBox).ToHaveValueAsync("timeout");
        await me.QueryBox.PressAsync("Alt+ArrowUp");
        await Assertions.Expect(me.QueryBox).ToHaveValueAsync("timeout");
        await me.QueryBox.PressAsync("Alt+ArrowDown");
        await me.QueryBox.PressAsync("Alt+ArrowDown");
        await Assertions.Expect(me.QueryBox).ToHaveValueAsync("draft");

        await me.QueryBox.FillAsync("");
        await me.QueryBox.PressAsync("ArrowDown");
        await Assertions.Expect(Options(me)).ToHaveTextAsync(["refusedearlier", "timeoutearlier", "Forget earlier queries"]);
        await me.ShowAsync("editor-history-dark");
        await me.Page.Keyboard.PressAsync("ArrowUp");
        await me.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("[]", await me.Page.EvaluateAsync<string>("() => localStorage.getItem('logview.queries')"));
    }

    [Theory]
    [InlineData("dark", 1280)]
    [InlineData("light", 390)]
    public async Task Examples_ByKey_AreInsertedAsAClause(string scheme, int width)
    {
        await using SignedInPage me = await OpenAsync(scheme, width);
        await me.QueryBox.FillAsync("refused");
        await me.QueryBox.PressAsync("F1");

        ILocator sheet = me.Page.GetByRole(AriaRole.Dialog, new() { Name = "Query examples" });
        await Assertions.Expect(sheet).ToBeVisibleAsync();
        await me.ShowAsync($"editor-examples-{scheme}-{width}");
        await sheet.GetByText("log.level: (error or fatal)").ClickAsync();

        await Assertions.Expect(me.QueryBox).ToHaveValueAsync("refused and log.level: (error or fatal)");
        await Assertions.Expect(me.QueryBox).ToBeFocusedAsync();
        await me.QueryBox.PressAsync("Control+z");
        await Assertions.Expect(me.QueryBox).ToHaveValueAsync("refused");
    }

    [Fact]
    public async Task Paste_OfSeveralLinesOrTooMuch_IsKeptWhole()
    {
        await using SignedInPage me = await OpenAsync();
        await me.QueryBox.FocusAsync();
        await me.Page.EvaluateAsync("() => navigator.clipboard.writeText('log.level: error\\nand refused')");
        await me.Page.Keyboard.PressAsync("Control+v");
        await Assertions.Expect(me.QueryBox).ToHaveValueAsync("log.level: error\nand refused");
        await me.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(me.Status.Locator("strong")).ToHaveTextAsync("2 hits");

        string tooLong = new('x', LanguageLimits.MaxQueryLength + 1);
        await me.QueryBox.FillAsync(tooLong);
        await Assertions.Expect(me.Page.GetByText("16,385 characters; a query has at most 16,384. Nothing was cut.")).ToBeVisibleAsync();
        await Assertions.Expect(me.QueryBox).ToHaveValueAsync(tooLong);
        await me.QueryBox.FillAsync("refused");
        await me.QueryBox.PressAsync("Enter");
        await me.UrlHasAsync("q=refused");
    }

    [Fact]
    public async Task InputMethod_ComposingHangul_RunsAndCompletesNothing()
    {
        await using SignedInPage me = await OpenAsync();
        ICDPSession keys = await me.Context.NewCDPSessionAsync(me.Page);
        await me.QueryBox.FocusAsync();
        string before = me.Page.Url;

        foreach (string step in new[] { "ㄱ", "겨", "결" })
        {
            await keys.SendAsync("Input.imeSetComposition", new() { ["text"] = step, ["selectionStart"] = 1, ["selectionEnd"] = 1 });
        }

        await keys.SendAsync("Input.dispatchKeyEvent", new() { ["type"] = "rawKeyDown", ["key"] = "Enter", ["code"] = "Enter", ["windowsVirtualKeyCode"] = 229 });
        // Longer than both pauses of the editor, by the browser's own clock.
        await me.Page.EvaluateAsync("() => new Promise(done => setTimeout(done, 600))");
        Assert.Equal(before, me.Page.Url);
        await Assertions.Expect(Options(me)).ToHaveCountAsync(0);

        await keys.SendAsync("Input.insertText", new() { ["text"] = "결제" });
        await Assertions.Expect(me.QueryBox).ToHaveValueAsync("결제");
        Assert.Equal(before, me.Page.Url);
        await me.Page.Keyboard.PressAsync("Enter");
        await me.UrlHasAsync("q=");
        await Assertions.Expect(me.Status.Locator("strong")).ToHaveTextAsync("1 hit");
    }

    private static ILocator Options(SignedInPage me) => me.Page.Locator(".lv-query-list [role=option]");

    /// <summary>Discover over three events.</summary>
    private async Task<SignedInPage> OpenAsync(string scheme = "dark", int width = 1280)
    {
        const string Events = """
            {"create":{}}
            {"log.level":"error","service.name":"checkout-api","message":"connection refused"}
            {"create":{}}
            {"log.level":"error","service.name":"checkout-api","message":"connection refused again"}
            {"create":{}}
            {"log.level":"fatal","service.name":"payment","message":"주문 7 결제실패했습니다"}

            """;
        SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser, scheme, width);
        using var content = new StringContent(Events, Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        using HttpResponseMessage answer = await me.Server.Elastic.PostAsync("/logs-shop-test/_bulk", content, TestContext.Current.CancellationToken);
        Assert.Contains("\"errors\":false", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await me.Page.GotoAsync("/discover");
        await Assertions.Expect(me.Page.Locator(".lv-status")).ToContainTextAsync("complete");
        await Assertions.Expect(me.Rows).ToHaveCountAsync(3);

        // What is typed before the box is live is kept, but nothing is suggested for it, and of several queries only the last one runs.
        await Assertions.Expect(me.QueryBox).ToHaveAttributeAsync("data-live", "");
        return me;
    }
}
