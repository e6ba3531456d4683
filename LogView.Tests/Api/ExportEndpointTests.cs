using System.Globalization;
using System.Text.Json;

namespace LogView.Tests.Api;

public sealed class ExportEndpointTests(ApiServer api) : IClassFixture<ApiServer>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await api.AppendAsync(
        "logs-x",
        ("1", "2026-11-22T05:00:00Z", "{\"message\":\"a \\\"quoted\\\", text\",\n \"n\":-1.5,\"k\":\"=1+2\",\"tags\":[\"x\",\"y\"]}"),
        ("=2", "2026-11-22T05:00:01Z", """{"message":"line\nbreak","n":2,"k":"-3","ok":true}"""),
        ("3", "2026-11-22T05:00:02Z", """{"message":"결제","k":"plain"}"""));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<string> TextAsync(string query)
    {
        HttpResponseMessage response = await api.Client.GetAsync($"/api/v1/export?{query}");
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadAsStringAsync();
    }

    [Fact]
    public async Task Ndjson_EachHit_IsOneLine()
    {
        string[] lines = (await TextAsync("dataStream=logs-x")).Split('\n');

        Assert.Equal(4, lines.Length);
        Assert.Equal("", lines[^1]);
        Assert.Equal(["3", "=2", "1"], lines[..3].Select(l => JsonDocument.Parse(l).RootElement.GetProperty("id").GetString()));
        Assert.Equal(
            """{"id":"1","dataStream":"logs-x","timestamp":"2026-11-22T05:00:00.000000000Z","source":{"message":"a \"quoted\", text",  "n":-1.5,"k":"=1+2","tags":["x","y"]}}""",
            lines[2]);
    }

    [Fact]
    public async Task Ndjson_Columns_ReplaceTheSource()
    {
        string text = await TextAsync("dataStream=logs-x&columns=n,tags&sort=@timestamp:asc&q=n:*");

        Assert.StartsWith(
            """{"id":"1","dataStream":"logs-x","timestamp":"2026-11-22T05:00:00.000000000Z","fields":{"n":[-1.5],"tags":["x","y"]}}""" + "\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_AwkwardValues_AreQuotedAndHarmless()
    {
        string text = await TextAsync("dataStream=logs-x&format=csv&columns=@id,message,n,k,tags,ok&sort=@timestamp:asc");

        Assert.Equal(
            "@id,message,n,k,tags,ok\r\n"
            + "1,\"a \"\"quoted\"\", text\",-1.5,'=1+2,\"x\ny\",\r\n"
            + "'=2,\"line\nbreak\",2,'-3,,true\r\n"
            + "3,결제,,plain,,\r\n",
            text);
    }

    [Fact]
    public async Task Csv_KeptFormulasAndMark_AreAsAsked()
    {
        HttpResponseMessage response = await api.Client.GetAsync("/api/v1/export?dataStream=logs-x&format=csv&columns=k&formulas=keep&bom=true&sort=@timestamp");

        Assert.Equal("text/csv", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment; filename=\"logview-export.csv\"", response.Content.Headers.ContentDisposition?.ToString());
        Assert.Equal([0xEF, 0xBB, 0xBF, .. "k\r\n=1+2\r\n-3\r\nplain\r\n"u8], await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Csv_NoColumns_HasTheUsualOnes()
    {
        Assert.StartsWith("@timestamp,log.level,service.name,host.name,message\r\n", await TextAsync("format=csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_MoreThanOnePage_HasEachHitOnceInOrder()
    {
        const int count = 25_000;
        for (int start = 0; start < count; start += 5_000)
        {
            await api.AppendAsync("logs-many", [.. Enumerable.Range(start, 5_000).Select(i => (
                i.ToString(CultureInfo.InvariantCulture),
                DateTimeOffset.UnixEpoch.AddSeconds(i / 3).ToString("O", CultureInfo.InvariantCulture),
                $$"""{"n":{{i}}}"""))]);
        }

        string[] lines = (await TextAsync("dataStream=logs-many&columns=n&sort=@timestamp:asc")).TrimEnd('\n').Split('\n');

        Assert.Equal(Enumerable.Range(0, count), lines.Select(l => JsonDocument.Parse(l).RootElement.GetProperty("fields").GetProperty("n")[0].GetInt32()));
    }
}
