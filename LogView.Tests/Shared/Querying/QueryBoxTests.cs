using Bunit;
using LogView.Client.Contracts.Query;
using LogView.Client.Shared.Querying;
using LogView.Tests.Testing;

namespace LogView.Tests.Shared.Querying;

public class QueryBoxTests : UiTest
{
    [Fact]
    public void Error_WithAFix_IsExplainedAndCanBeTaken()
    {
        List<string> runs = [];
        var error = new QueryError(10, 1, 1, 11, "a value after ':'", "end", "level: error");
        IRenderedComponent<QueryBox> box = Render<QueryBox>(p => p.Add(b => b.Text, "level:").Add(b => b.Error, error).Add(b => b.OnRun, runs.Add));

        Assert.Contains("expected a value after ':', found end", box.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", box.Find("textarea").GetAttribute("aria-invalid"));
        box.Find("[role=alert] button").Click();

        Assert.Equal(["level: error"], runs);
    }

    [Fact]
    public async Task Complete_NextKey_CancelsTheOffersBefore()
    {
        List<CancellationToken> tokens = [];
        IRenderedComponent<QueryBox> box = Render<QueryBox>(p => p.Add(b => b.Completions, async (_, _, _, token) =>
        {
            tokens.Add(token);
            await Task.Delay(tokens.Count == 1 ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, token);
            return [new QueryOffer("log.level", "log.level: ", 0, 2)];
        }));

        Task<IReadOnlyList<QueryOffer>> first = box.InvokeAsync(() => box.Instance.Complete("l", 1));
        IReadOnlyList<QueryOffer> second = await box.InvokeAsync(() => box.Instance.Complete("lo", 2));

        Assert.Empty(await first);
        Assert.Equal("log.level", Assert.Single(second).Label);
        Assert.True(tokens[0].IsCancellationRequested);
    }

    [Fact]
    public async Task Text_OfAnEarlierRun_DoesNotReplaceWhatWasTypedSince()
    {
        BunitJSModuleInterop module = JSInterop.SetupModule("./_content/LogView.Client/Shared/Querying/QueryBox.razor.js");
        module.Mode = JSRuntimeMode.Loose;
        module.SetupModule("attach", _ => true);
        IRenderedComponent<QueryBox> box = Render<QueryBox>(p => p.Add(b => b.Text, ""));

        await box.InvokeAsync(() => box.Instance.Run("one "));
        await box.InvokeAsync(() => box.Instance.Typed("one two"));
        box.Render(p => p.Add(b => b.Text, "one"));
        Assert.DoesNotContain(module.Invocations, i => i.Identifier == "write");
        box.Render(p => p.Add(b => b.Text, "from a link"));

        JSRuntimeInvocation write = Assert.Single(module.Invocations, i => i.Identifier == "write");
        Assert.Equal(["from a link", "one two"], write.Arguments.Skip(1));
    }

    [Fact]
    public void Text_FromOutside_IsWrittenIntoTheEditor()
    {
        IRenderedComponent<QueryBox> box = Render<QueryBox>(p => p.Add(b => b.Text, "one"));

        box.Render(p => p.Add(b => b.Text, "two"));

        Assert.Equal("one", box.Find("textarea").TextContent);
        Assert.Contains(JSInterop.Invocations, i => i.Identifier == "import");
    }
}
