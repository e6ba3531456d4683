using System.Globalization;
using System.Security.Claims;
using Bunit;
using LogView.Client.Admin;
using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.DataStreams;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace LogView.Tests.Admin;

public sealed class DataStreamsPageTests : UiTest
{
    private readonly FakeAdministration _administration = new();

    public DataStreamsPageTests() => Services.AddSingleton<IDataStreamAdministration>(_administration);

    [Fact]
    public void Page_Administrator_SeesWhatIsStoredAndKept()
    {
        IRenderedComponent<DataStreamsPage> page = RenderAs(Rights.Admin);

        string row = page.Find("tbody tr").TextContent;
        Assert.All(["logs-nginx-prod", "1,234,567", "5.1 GB", "12.5", "2026-11-01 00:00 UTC", "14d", "(default)"], t => Assert.Contains(t, row, StringComparison.Ordinal));
        Assert.Contains("segment is damaged", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Name_OfADataStream_LeadsToItsEvents()
    {
        string address = RenderAs(Rights.Admin).Find("tbody th a").GetAttribute("href")!;

        Assert.Equal("logs-nginx-prod", LogView.Client.Discover.State.DiscoverUrl.Read(address).DataStream);
    }

    [Fact]
    public void Retention_Saved_IsSetInDaysAndGigabytes()
    {
        IRenderedComponent<DataStreamsPage> page = RenderAs(Rights.Admin);
        page.Find("button[aria-label='Change how long logs-nginx-prod is kept']").Click();

        Assert.Equal("14", page.Find("#keep-days").GetAttribute("value"));
        page.Find("#keep-days").Change("30");
        page.Find("#keep-size").Change("0.5");
        page.Find("form").Submit();

        Assert.Equal(new Retention(TimeSpan.FromDays(30), 500_000_000), _administration.Set);
        Assert.Empty(page.FindAll("form"));
    }

    [Theory]
    [InlineData("many", "", "Expected a number")]
    [InlineData("0.01", "", "age: expected 1 hour")]
    [InlineData("", "0.0001", "bytes: expected at least")]
    public void Retention_SlipOfThePen_IsNotSet(string days, string gigabytes, string expected)
    {
        IRenderedComponent<DataStreamsPage> page = RenderAs(Rights.Admin);
        page.Find("button[aria-label='Change how long logs-nginx-prod is kept']").Click();
        page.Find("#keep-days").Change(days);
        page.Find("#keep-size").Change(gigabytes);
        page.Find("form").Submit();

        Assert.Contains(expected, page.Find("form ~ [role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Null(_administration.Set);
    }

    [Fact]
    public void Delete_OnlyAfterTheNameIsTyped()
    {
        IRenderedComponent<DataStreamsPage> page = RenderAs(Rights.Admin);
        page.Find("button[aria-label='Delete logs-nginx-prod']").Click();

        page.Find("#delete-name").Input("logs-nginx");
        Assert.True(page.Find("form button[type=submit]").HasAttribute("disabled"));
        page.Find("form").Submit();
        Assert.Null(_administration.Deleted);

        page.Find("#delete-name").Input("logs-nginx-prod");
        page.Find("form").Submit();
        Assert.Equal("logs-nginx-prod", _administration.Deleted);
    }

    [Fact]
    public void Page_WithoutTheRight_ShowsButDoesNotChange()
    {
        IRenderedComponent<DataStreamsPage> page = RenderAs(Rights.Search);

        Assert.Contains("logs-nginx-prod", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("tbody button"));
    }

    [Fact]
    public void Page_EngineThatForgets_OffersNoRetention()
    {
        _administration.KeepsRetention = false;
        IRenderedComponent<DataStreamsPage> page = RenderAs(Rights.Admin);

        Assert.Contains("memory engine", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("button[aria-label^='Change how long']"));
    }

    private IRenderedComponent<DataStreamsPage> RenderAs(Rights rights)
    {
        var authorization = this.AddAuthorization();
        authorization.SetAuthorized("owner");
        authorization.SetClaims(new Claim(ViewerClaims.RightsType, ((byte)rights).ToString(CultureInfo.InvariantCulture)), new Claim(ViewerClaims.DataStreamType, "*"));
        return Render<DataStreamsPage>();
    }

    private sealed class FakeAdministration : IDataStreamAdministration
    {
        public bool KeepsRetention { get; set; } = true;

        public Retention? Set { get; private set; }

        public string? Deleted { get; private set; }

        public Task<DataStreamList> ListAsync(Viewer viewer, CancellationToken cancellationToken)
        {
            var oldest = Timestamp.FromUnixMilliseconds(1_793_491_200_000);
            var info = new DataStreamInfo(DataStreamName.Parse("logs-nginx-prod"), 1_234_567, 5_100_000_000, oldest, oldest.Add(TimeSpan.FromDays(9)));
            return Task.FromResult(new DataStreamList([new DataStreamStatus(info, 12.5, new Retention(TimeSpan.FromDays(14), null), IsRetentionOwn: false)], KeepsRetention, ["A segment is damaged"]));
        }

        public Task<string?> SetRetentionAsync(DataStreamName name, Retention? retention, Viewer viewer, CancellationToken cancellationToken)
        {
            Set = retention;
            return Task.FromResult<string?>(null);
        }

        public Task<bool> DeleteAsync(DataStreamName name, Viewer viewer, CancellationToken cancellationToken)
        {
            Deleted = name.Value;
            return Task.FromResult(true);
        }
    }
}
