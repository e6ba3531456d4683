using System.Net;
using LogView.Server.Accounts.Access;
using Microsoft.AspNetCore.Http;

namespace LogView.Tests.Accounts;

public sealed class LocalRequestTests
{
    [Theory]
    [InlineData("127.0.0.1", "localhost:9200")]
    [InlineData("127.0.0.1", "127.0.0.1:9200")]
    [InlineData("::1", "[::1]:9200")]
    [InlineData("127.0.0.9", "logview.localhost")]
    public void IsLocal_ProgramOnThisMachine_True(string from, string host)
    {
        Assert.True(LocalRequest.IsLocal(Request(from, host)));
    }

    [Theory]
    [InlineData("10.0.0.7", "localhost:9200", "", "")]
    [InlineData("127.0.0.1", "rebound.example:9200", "", "")]
    [InlineData("127.0.0.1", "localhost:9200", "X-Forwarded-For", "10.0.0.7")]
    [InlineData("127.0.0.1", "localhost:9200", "Forwarded", "for=10.0.0.7")]
    [InlineData("127.0.0.1", "localhost:9200", "Origin", "https://evil.example")]
    [InlineData("127.0.0.1", "localhost:9200", "Origin", "http://localhost:8080")]
    [InlineData("127.0.0.1", "localhost:9200", "Origin", "null")]
    [InlineData("127.0.0.1", "localhost:9200", "Sec-Fetch-Site", "cross-site")]
    public void IsLocal_SomebodyElse_False(string from, string host, string header, string value)
    {
        HttpContext context = Request(from, host);
        if (header.Length > 0)
        {
            context.Request.Headers[header] = value;
        }

        Assert.False(LocalRequest.IsLocal(context));
    }

    private static DefaultHttpContext Request(string from, string host)
    {
        DefaultHttpContext context = new();
        context.Connection.RemoteIpAddress = IPAddress.Parse(from);
        context.Request.Host = new HostString(host);
        context.Request.Scheme = "http";
        return context;
    }
}
