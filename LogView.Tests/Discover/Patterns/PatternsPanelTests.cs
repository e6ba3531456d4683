using AngleSharp.Dom;
using Bunit;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Client.Discover.Patterns;
using LogView.Client.Discover.Run;
using LogView.Client.Discover.State;
using LogView.Tests.Testing;

namespace LogView.Tests.Discover.Patterns;

public sealed class PatternsPanelTests : UiTest
{
    private readonly List<PatternRequest> _asked = [];
    private readonly List<SearchFilter> _filters = [];
    private Func<PatternRequest, IProgress<PatternList>, CancellationToken, Task<PatternOutcome>> _answer = (_, _, _) => Task.FromResult(new PatternOutcome(Some(), null));

    [Fact]
    public void Panel_Opened_ShowsPatternsWithTheirCounts()
    {
        IRenderedComponent<PatternsPanel> panel = Panel();

        Assert.Contains("12,400 of 12,400 events", panel.Find("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Equal(["order <*> took <*> ms", "<b>refused</b>"], panel.FindAll(".lv-pattern").Select(p => p.TextContent));
        Assert.Equal(["12,000 97 %", "400 3 %"], panel.FindAll(".lv-count").Select(c => c.TextContent.Trim()));
        Assert.Equal(["<*>", "<*>"], panel.FindAll(".lv-pattern i").Select(m => m.TextContent));
    }

    [Fact]
    public void Buttons_KeepAndDrop_AreFilters()
    {
        IRenderedComponent<PatternsPanel> panel = Panel();

        panel.Find("button[aria-label='Keep only the pattern order <*> took <*> ms']").Click();
        panel.Find("button[aria-label='Drop the pattern order <*> took <*> ms']").Click();

        Assert.Equal([("order <*> took <*> ms", false), ("order <*> took <*> ms", true)], _filters.Select(f => (f.Pattern!, f.Negate)));
    }

    [Fact]
    public void Pattern_Opened_ShowsAnExampleAndWhatTheFilterFindsMore()
    {
        IRenderedComponent<PatternsPanel> panel = Panel();

        panel.FindAll(".lv-pattern-open")[1].Click();

        Assert.Contains("<b>refused</b>", panel.Find(".lv-example").TextContent, StringComparison.Ordinal);
        Assert.Contains("also finds 7 events", panel.Find("tbody").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Sample_Counted_SaysSoAndOffersAll()
    {
        _answer = (r, _, _) => Task.FromResult(new PatternOutcome(Some() with { IsSample = r.Sample < 1_000_000, Total = 1_234_567 }, null));
        IRenderedComponent<PatternsPanel> panel = Panel();
        Assert.Contains("A sample of 12,400 of 1,234,567 events: counts are of the sample", panel.Find("[role=status]").TextContent, StringComparison.Ordinal);

        panel.FindAll("button").Single(b => b.TextContent == "Count all").Click();

        Assert.Equal(PatternRequest.MaxSample, _asked[^1].Sample);
        Assert.DoesNotContain("sample", panel.Find("[role=status]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void CountAll_UntilMoreIsKnown_TheSampleStays()
    {
        IProgress<PatternList>? progress = null;
        _answer = (r, p, _) =>
        {
            progress = p;
            return r.Sample < 1_000_000 ? Task.FromResult(new PatternOutcome(Some() with { IsSample = true, Total = 50_000 }, null)) : new TaskCompletionSource<PatternOutcome>().Task;
        };
        IRenderedComponent<PatternsPanel> panel = Panel();
        panel.FindAll("button").Single(b => b.TextContent == "Count all").Click();
        Assert.Equal(2, panel.FindAll(".lv-pattern").Count);
        Assert.Contains("Reading events", panel.Find("[role=status]").TextContent, StringComparison.Ordinal);

        progress!.Report(Some() with { Status = SearchStatus.Partial, Events = 500, Total = 50_000, Patterns = [] });
        Assert.Equal(2, panel.FindAll(".lv-pattern").Count);
        progress.Report(Some() with { Status = SearchStatus.Partial, Events = 20_000, Total = 50_000 });

        panel.WaitForAssertion(() => Assert.Contains("20,000 of 50,000 events", panel.Find("[role=status]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Pattern_WithTerminalColours_IsShownWithoutTheirCodes()
    {
        const string green = "\u001b[32m", end = "\u001b[0m";
        _answer = (_, _, _) => Task.FromResult(new PatternOutcome(Some() with { Patterns = [new MessagePattern($"{green}INFO{end} took <*>", 3, 0, 3, [3], $"{green}INFO{end} took 2")] }, null));
        IRenderedComponent<PatternsPanel> panel = Panel();

        panel.Find(".lv-pattern-open").Click();
        panel.Find(".lv-pattern-buttons button").Click();

        Assert.Equal("INFO took <*>", panel.Find(".lv-pattern").TextContent);
        Assert.Equal("One of them: INFO took 2", panel.Find(".lv-example").TextContent);
        Assert.Equal("Keep only the pattern INFO took <*>", panel.Find(".lv-pattern-buttons button").GetAttribute("aria-label"));
        Assert.Equal($"{green}INFO{end} took <*>", Assert.Single(_filters).Pattern);
    }

    [Fact]
    public void Reading_Stopped_EndsAndKeepsWhatWasRead()
    {
        CancellationToken given = default;
        var never = new TaskCompletionSource<PatternOutcome>();
        _answer = (_, progress, token) =>
        {
            given = token;
            token.Register(() => never.TrySetCanceled(token));
            progress.Report(Some() with { Status = SearchStatus.Partial, Total = 50_000 });
            return never.Task;
        };
        IRenderedComponent<PatternsPanel> panel = Panel();
        panel.WaitForAssertion(() => Assert.Contains("12,400 of 50,000 events", panel.Find("[role=status]").TextContent, StringComparison.Ordinal));

        panel.FindAll("button").Single(b => b.TextContent == "Stop").Click();

        Assert.True(given.IsCancellationRequested);
        panel.WaitForAssertion(() => Assert.Contains("cancelled", panel.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Equal(2, panel.FindAll(".lv-pattern").Count);
    }

    [Fact]
    public void Changes_OfTwoWindows_AreInWordsAndFilters()
    {
        _answer = (_, _, _) => Task.FromResult(new PatternOutcome(
            Some() with
            {
                Patterns = [Pattern("started", 40, 0), Pattern("order <*>", 300, 100), Pattern("same <*>", 100, 100), Pattern("bye", 0, 30)],
                Values = [new ValueChange("service.name", FieldValue.Of("search"), 60, 0)],
            },
            null));
        IRenderedComponent<ChangesPanel> panel = Render<ChangesPanel>(p => p.Add(c => c.Plan, Plan()).Add(c => c.Load, LoadAsync).Add(c => c.OnFilter, _filters.Add));

        Assert.Equal(["× 3 100 300 order <*>", "new 0 40 started", "gone 30 0 bye", "new 0 60 service.name search"], panel.FindAll("tbody tr").Select(Words));
        panel.Find("button[aria-label='Keep only service.name search']").Click();

        Assert.True(Assert.Single(_asked).WithBefore);
        Assert.Equal(("service.name", "search"), (Assert.Single(_filters).Field, _filters[0].Is));
    }

    private static string Words(IElement row) => string.Join(' ', row.QuerySelectorAll("td").Take(4).Select(c => string.Join(' ', c.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));

    private static MessagePattern Pattern(string template, long count, long before) => new(template, count, before, count + before, [count], template);

    private static PatternList Some() => new()
    {
        Status = SearchStatus.Complete, Events = 12_400, Total = 12_400, IsSample = false, WithoutText = 0, Others = 0, Buckets = [new TimeRange(new Timestamp(0), new Timestamp(1))],
        Patterns =
        [
            new MessagePattern("order <*> took <*> ms", 12_000, 0, 12_000, [1, 2, 3], "order 1 took 2 ms"), new MessagePattern("<b>refused</b>", 400, 0, 407, [0, 0, 4], "<b>refused</b>"),
        ],
    };

    private RunPlan Plan() => RunPlan.Make(DiscoverState.Default, "UTC", Timestamp.Now(Clock)).Plan!;

    private Task<PatternOutcome> LoadAsync(PatternRequest request, IProgress<PatternList> progress, CancellationToken cancellationToken)
    {
        _asked.Add(request);
        return _answer(request, progress, cancellationToken);
    }

    private IRenderedComponent<PatternsPanel> Panel() =>
        Render<PatternsPanel>(p => p.Add(c => c.Plan, Plan()).Add(c => c.Load, LoadAsync).Add(c => c.OnFilter, _filters.Add));
}
