using System.Globalization;
using System.Security.Claims;
using Bunit;
using LogView.Client.Admin;
using LogView.Client.Contracts.Accounts;
using LogView.Server.Accounts;
using LogView.Server.Accounts.Keys;
using LogView.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.AspNetCore.Components;

namespace LogView.Tests.Admin;

public sealed class KeysPageTests : UiTest
{
    private readonly TempFolder _folder = new();
    private readonly KeyRing _ring;

    public KeysPageTests()
    {
        KeyStore store = new(AccountsDatabase.OpenOrCreate(_folder.Path));
        _ring = new KeyRing(new AccountsOptions { DataFolder = _folder.Path }, store, Clock);
        Services.AddSingleton<IKeyAdministration>(new KeyAdministration(store, _ring, Clock));
    }

    [Fact]
    public void Create_FilledForm_ShowsTheSecretOnceAndItOpens()
    {
        IRenderedComponent<KeysPage> page = RenderAs(Rights.Admin);

        page.Find("#key-label").Change("nginx on web-03");
        page.Find("#key-streams").Change("logs-nginx-*, logs-web-*");
        page.Find("form").Submit();

        string secret = page.Find("[role=status] code").TextContent;
        Assert.Equal(["logs-nginx-*", "logs-web-*"], _ring.Find(secret)?.Viewer.DataStreams);
        Assert.Equal(Rights.Ingest, _ring.Find(secret)?.Viewer.Rights);
        Assert.Contains("nginx on web-03", page.Find("tbody").TextContent, StringComparison.Ordinal);

        page.FindAll("[role=status] button").Single(b => b.TextContent.Contains("Done", StringComparison.Ordinal)).Click();

        Assert.DoesNotContain(secret, page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_WithoutALabel_SaysWhatIsMissing()
    {
        IRenderedComponent<KeysPage> page = RenderAs(Rights.Admin);

        page.Find("form").Submit();

        Assert.Contains("what the key is for", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Empty(_ring.Active);
    }

    [Fact]
    public void Revoke_AfterAskingOnceMore_TakesTheKeyAway()
    {
        IRenderedComponent<KeysPage> page = RenderAs(Rights.Admin);
        page.Find("#key-label").Change("old one");
        page.Find("form").Submit();

        page.Find("button[aria-label='Revoke old one']").Click();
        Assert.Single(_ring.Active);
        page.Find("td button.lv-danger-text").Click();

        Assert.Empty(_ring.Active);
        Assert.Empty(page.FindAll("table"));
    }

    [Fact]
    public void Page_WithoutTheRight_ShowsNoKeys()
    {
        IRenderedComponent<KeysPage> page = RenderAs(Rights.Search);

        Assert.Empty(page.FindAll("form"));
        Assert.Contains("managed by administrators", page.Markup, StringComparison.Ordinal);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _folder.Dispose();
    }

    private IRenderedComponent<KeysPage> RenderAs(Rights rights)
    {
        var authorization = this.AddAuthorization();
        authorization.SetAuthorized("owner");
        authorization.SetClaims(new Claim(ViewerClaims.RightsType, ((byte)rights).ToString(CultureInfo.InvariantCulture)), new Claim(ViewerClaims.DataStreamType, "*"));
        Renderer.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        return Render<KeysPage>();
    }
}
