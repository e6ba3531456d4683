using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Detail;
using LogView.Tests.Testing;

namespace LogView.Tests.Discover.Detail;

public class ContextScopeTests
{
    [Fact]
    public void Of_Event_OffersWhatItHas()
    {
        IReadOnlyList<ContextScope> scopes = ContextScope.Of(SomeHit.Of(1, fields: [("host.name", "web-1"), ("trace.id", "abc")]));

        Assert.Equal(["Data stream", "All data streams", "Same service", "Same host", "Same trace"], scopes.Select(s => s.Label));
        Assert.Equal("Same service", ContextScope.Default(scopes).Label);
    }

    [Fact]
    public void Request_SameFile_NarrowsByHostAndFileInTheDataStream()
    {
        Hit hit = SomeHit.Of(1, fields: [("host.name", "web-1"), ("log.file.path", "/var/log/a.log")]);

        SearchRequest request = ContextScope.Default(ContextScope.Of(hit)).Request(hit);

        Assert.Equal("logs-shop-prod", request.DataStream);
        Assert.Equal([("host.name", "web-1"), ("log.file.path", "/var/log/a.log")], request.Filters.Select(f => (f.Field, f.Is)));
    }
}
