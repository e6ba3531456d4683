using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Client.Language;

namespace LogView.Tests.Language;

public sealed class MatcherAllocationTests
{
    [Theory]
    [InlineData("log.level: error and service.name: checkout-api and timeout")]
    [InlineData("\"결제 실패\"~3 or 환불")]
    [InlineData("message: conn* and not http.status: 5*")]
    [InlineData("http.status >= 500 or client.ip: 10.0.0.0/8 or created: 2026-11-22")]
    [InlineData("message: /refused by \\w+/ or service.name:~CHECKOUT-API")]
    public void Matches_EventReadBefore_AllocatesNothing(string query)
    {
        var logEvent = new LogEvent
        {
            Id = default,
            DataStream = default,
            Timestamp = default,
            Source = Encoding.UTF8.GetBytes("""
                {"message":"연결 실패: connection refused by 10.0.0.1 결제 timeouts","log":{"level":"error"},"service":{"name":"checkout-api"},
                 "http":{"status":499},"client":{"ip":"192.168.0.1"},"created":"2026-11-21T00:00:00Z"}
                """),
        };
        Matcher matcher = Matcher.Compile(QueryParser.Parse(query).Node!, default, TimeZoneInfo.Utc);
        for (int i = 0; i < 100; i++)
        {
            matcher.Matches(logEvent);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            matcher.Matches(logEvent);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
