using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Copying;
using LogView.Client.Discover.State;
using LogView.Tests.Testing;

namespace LogView.Tests.Discover.Copying;

public class EventCopiesTests
{
    private static readonly Hit Hit = SomeHit.Of(0, "boom", "error", ("host.name", "web-1"), ("error.stack_trace", "at a\nat b"));

    [Fact]
    public void Line_Event_IsAsInALogFile() =>
        Assert.Equal("2026-11-22 12:00:00.000000000 +00:00 error web-1 cart boom\nat a\nat b", EventCopies.Line(Hit, TimeZoneInfo.Utc));

    [Fact]
    public void Curl_Event_ReadsItByTheApi() => Assert.Equal(
        "curl -H 'Authorization: ApiKey KEY' 'http://h:1/api/v1/context?dataStream=logs-shop-prod&id=id-0&before=0&after=0'", EventCopies.Curl(Hit, "http://h:1/"));

    [Fact]
    public void Link_Event_OpensItAmongWhatIsShown() =>
        Assert.Equal("http://h:1/discover?q=boom&event=logs-shop-prod/id-0", EventCopies.Link(Hit, DiscoverState.Default with { Query = "boom" }, "http://h:1/"));
}
