using Bunit;
using LogView.Client.Contracts.Events;
using LogView.Client.Discover.Exporting;
using LogView.Client.Discover.Run;
using LogView.Client.Discover.State;
using LogView.Tests.Testing;

namespace LogView.Tests.Discover.Exporting;

public sealed class ExportMenuTests : UiTest
{
    private static readonly Timestamp Now = Timestamp.From(new DateTimeOffset(2026, 11, 22, 5, 2, 11, TimeSpan.Zero));

    /// <summary>A call into the browser is given up after a minute, so none may last as long as an export.</summary>
    [Fact]
    public async Task Export_AfterItsStartWasAnswered_GoesOnUntilTheBrowserTellsItsEnd()
    {
        IRenderedComponent<ExportMenu> menu = Start();

        Assert.Equal("0 of 2,000 rows…", Progress(menu));
        await menu.InvokeAsync(() => menu.Instance.Told(1, 1200));
        Assert.Equal("1,200 of 2,000 rows…", Progress(menu));
        Assert.Contains(menu.FindAll("button"), b => b.TextContent == "Cancel");

        await menu.InvokeAsync(() => menu.Instance.End(1, 2000, "done", null));

        Assert.Equal("Exported 2,000 rows", Progress(menu));
        Assert.DoesNotContain(menu.FindAll("button"), b => b.TextContent == "Cancel");
    }

    [Theory]
    [InlineData("cancelled", null, "Cancelled after 7 rows: nothing was saved")]
    [InlineData("failed", "the store is away", "Broke off after 7 rows, nothing was saved: the store is away")]
    public async Task End_OfEachSort_IsSaid(string outcome, string? message, string said)
    {
        IRenderedComponent<ExportMenu> menu = Start();

        await menu.InvokeAsync(() => menu.Instance.End(1, 7, outcome, message));

        Assert.Equal(said, Progress(menu));
    }

    [Fact]
    public async Task Run_ThatAnotherOneEnded_SaysNothingMore()
    {
        IRenderedComponent<ExportMenu> menu = Start();
        await ClickAsync(menu, "NDJSON");

        await menu.InvokeAsync(() => menu.Instance.Told(1, 7));
        await menu.InvokeAsync(() => menu.Instance.End(1, 7, "cancelled", null));

        Assert.Equal("0 of 2,000 rows…", Progress(menu));
    }

    private static string Progress(IRenderedComponent<ExportMenu> menu) => menu.Find(".lv-export-progress span").TextContent;

    private static Task ClickAsync(IRenderedComponent<ExportMenu> menu, string button) => menu.FindAll("button").First(b => b.TextContent == button).ClickAsync(new());

    private IRenderedComponent<ExportMenu> Start()
    {
        BunitJSModuleInterop script = JSInterop.SetupModule("./_content/LogView.Client/Discover/Exporting/ExportMenu.razor.js");
        script.Mode = JSRuntimeMode.Loose;
        script.SetupModule("exporter", _ => true);
        IRenderedComponent<ExportMenu> menu = Render<ExportMenu>(p => p
            .Add(m => m.Plan, new RunPlan(DiscoverState.Default, TimeZoneInfo.Utc, Now.Add(TimeSpan.FromMinutes(-15)), Now, Now))
            .Add(m => m.Total, 2000));
        menu.Find("button").Click();
        menu.FindAll("button").First(b => b.TextContent == "CSV").Click();
        menu.WaitForElement(".lv-export-progress");
        return menu;
    }
}
