using System.Net;
using LogView.Server.Storage;
using LogView.Tests.Ingest;
using LogView.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;
using static LogView.Tests.Storage.Embedded.Durable.StoredEvents;

namespace LogView.Tests.Crash;

/// <summary>A store whose write-ahead log is gone or of another time, such as after half a restore: it serves what it has and takes new events behind that.</summary>
public sealed class LostLogTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Log_Lost_NewEventsBeginBehindThoseOfTheStore(bool stateToo)
    {
        using TempFolder folder = new();
        await using LogViewServer server = await LogViewServer.StartAsync(dataFolder: folder.Path);
        await PostAsync(server, 5);
        await server.StopAsync();
        Directory.Delete(Path.Combine(folder.Path, "wal"), recursive: true);
        if (stateToo)
        {
            File.Delete(Path.Combine(folder.Path, "store", "_state"));
        }

        await server.RestartAsync();

        using HttpResponseMessage ready = await server.Client.GetAsync("/health/ready", Cancel);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        await PostAsync(server, 5);
        // Each once: a sequence that came twice would make one event of two.
        Assert.Equal(Numbers(1, 10), await server.Services.GetRequiredService<IEventStore>().SequencesAsync());
        await server.RestartAsync();
        Assert.Equal(Numbers(1, 10), await server.Services.GetRequiredService<IEventStore>().SequencesAsync());
    }

    private static async Task PostAsync(LogViewServer server, int events)
    {
        string body = string.Concat(Enumerable.Range(0, events).Select(_ => "{\"create\":{}}\n{\"message\":\"event\"}\n"));
        (HttpResponseMessage response, _) = await server.Elastic.SendAsync("POST", "/logs-lost/_bulk?refresh=wait_for", HttpText.Body(body));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
