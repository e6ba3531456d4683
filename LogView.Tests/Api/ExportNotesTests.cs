using System.Globalization;
using LogView.Server.Storage.Memory;
using LogView.Tests.Ingest;
using LogView.Tests.Testing;

namespace LogView.Tests.Api;

/// <summary>What an export says at its end when it may not be whole.</summary>
public sealed class ExportNotesTests
{
    private const int Held = 20_000;

    [Theory]
    [InlineData("ndjson", "{\"note\":{\"code\":\"memory_bound\",\"message\":\"15000 events left the memory engine while this export ran")]
    [InlineData("csv", "\"# memory_bound: 15,000 events left the memory engine while this export ran")]
    public async Task Export_WhileItsEventsLeaveMemory_SaysSoAtItsEnd(string format, string note)
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        await using LogViewServer server = await LogViewServer.StartAsync(
            o => o with { Engine = "memory", Settings = o.Settings with { Memory = new MemoryEngineOptions { MaxEvents = Held } } });
        // Far more than what lies between the server and a reader that does not read.
        await SendAsync(server, Held, new string('x', 1_500));

        using HttpRequestMessage request = new(HttpMethod.Get, $"/api/v1/export?dataStream=logs-a&format={format}");
        using HttpResponseMessage response = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        using StreamReader reader = new(await response.Content.ReadAsStreamAsync(cancel));
        Assert.NotNull(await reader.ReadLineAsync(cancel));
        await SendAsync(server, 15_000, "y");
        string[] lines = (await reader.ReadToEndAsync(cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.InRange(lines.Length, 1, Held - 1);
        Assert.StartsWith(note.Replace("15000", "15,000", StringComparison.Ordinal), lines[^1], StringComparison.Ordinal);
    }

    private static async Task SendAsync(LogViewServer server, int count, string text)
    {
        string body = string.Concat(Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{{\"n\":{i},\"message\":\"{text}\"}}\n")));
        (HttpResponseMessage response, _) = await server.Anonymous.SendAsync("POST", "/ingest/logs-a?refresh=true", HttpText.Body(body));
        Assert.True(response.IsSuccessStatusCode);
    }
}
