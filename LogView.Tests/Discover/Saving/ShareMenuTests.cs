using Bunit;
using LogView.Client.Contracts.Saved;
using LogView.Client.Discover.Saving;
using LogView.Client.Discover.State;
using LogView.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace LogView.Tests.Discover.Saving;

public sealed class ShareMenuTests : UiTest
{
    private const string Relative = "/discover?q=error&from=now-1h&to=now";
    private const string Frozen = "/discover?q=error&from=2026-11-22T04:02:11.000000000Z&to=2026-11-22T05:02:11.000000000Z&tz=UTC";

    private readonly SomeSaved _saved;

    public ShareMenuTests()
    {
        _saved = new SomeSaved(Clock);
        Services.AddSingleton(_saved.Objects);
    }

    [Theory]
    [InlineData("Link to exactly this", Frozen)]
    [InlineData("Link that moves with time", Relative)]
    [InlineData("Link to this line", Frozen + "&event=logs-shop-prod/id-3")]
    public async Task Link_OfEachSort_LeadsThere(string choice, string address)
    {
        IRenderedComponent<ShareMenu> menu = Show(Relative);

        menu.FindAll("button").First(b => b.TextContent.Contains(choice, StringComparison.Ordinal)).Click();

        string link = "";
        menu.WaitForAssertion(() => link = menu.Find("input").GetAttribute("value")!);
        Assert.True(link.Length <= 60, link);
        SavedObject saved = (await _saved.Objects.FindAsync(SavedKinds.Link, link[^10..], SomeSaved.Kim, TestContext.Current.CancellationToken)).Object!;
        Assert.Equal(address, LinkContent.Read(saved.Content));
        Assert.Contains(JSInterop.Invocations, i => i.Identifier == "import");
    }

    [Fact]
    public void FixedRange_HasNoMovingLink() =>
        Assert.DoesNotContain(Show(Frozen).FindAll("button"), b => b.TextContent.Contains("moves", StringComparison.Ordinal));

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _saved.Dispose();
        }
    }

    private IRenderedComponent<ShareMenu> Show(string address)
    {
        IRenderedComponent<ShareMenu> menu = Render<ShareMenu>(p => p.Add(m => m.State, DiscoverUrl.Read(address)).Add(m => m.Frozen, DiscoverUrl.Read(Frozen))
            .Add(m => m.Zone, TimeZoneInfo.Utc).Add(m => m.Selected, SomeHit.Of(3)).Add(m => m.Viewer, SomeSaved.Ann));
        menu.Find("button").Click();
        return menu;
    }
}
