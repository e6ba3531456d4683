using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LogView.Server.Ingest.Files;
using LogView.Server.Platform;
using LogView.Tests.Accounts;
using LogView.Tests.Ingest;
using LogView.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace LogView.Tests.Hosting;

public sealed class HealthTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_AfterTheLogWasDamaged_IsDegradedAndSaysWhatToDo()
    {
        using TempFolder folder = new();
        await using (LogViewServer before = await LogViewServer.StartAsync(dataFolder: folder.Path))
        {
            Assert.Equal("healthy", (await HealthAsync(before)).GetProperty("status").GetString());
            for (int i = 0; i < 3; i++)
            {
                await before.Anonymous.SendAsync("POST", "/ingest/logs-a", HttpText.Body($"{{\"n\":{i}}}\n"));
            }
        }

        Damage(Path.Combine(folder.Path, FileNames.WalDirectory, FileNames.WalSegment(1)));
        await using LogViewServer server = await LogViewServer.StartAsync(dataFolder: folder.Path);
        JsonElement health = await HealthAsync(server);
        JsonElement finding = health.GetProperty("findings")[0];
        string metrics = await server.Anonymous.GetStringAsync("/metrics", Cancel);

        Assert.Equal(("degraded", "wal_damaged"), (health.GetProperty("status").GetString(), finding.GetProperty("code").GetString()));
        Assert.Equal("The write-ahead log was damaged when LogView started (places: 1, the first in wal-0000000001.log); acknowledged events lost: 1", finding.GetProperty("message").GetString());
        Assert.Contains("wal/quarantine", finding.GetProperty("cure").GetString(), StringComparison.Ordinal);
        Assert.Matches("(?m)^logview_wal_lost[^ ]* [1-9]", metrics);
    }

    [Fact]
    public async Task Files_Followed_AreListedWithHowFarTheyWereRead()
    {
        using TempFolder folder = new();
        string path = Path.Combine(folder.Path, "app.log");
        await File.WriteAllTextAsync(path, "time=2026-11-22T05:02:11Z level=info msg=x\n", Cancel);
        await using LogViewServer server = await LogViewServer.StartAsync(
            o => o with { Settings = o.Settings with { Files = [new FileSourceOptions { Paths = [path] }] } });
        IFileSources sources = server.Services.GetRequiredService<IFileSources>();
        while (sources.Files is not [{ Offset: > 0 }])
        {
            await Task.Yield();
            Cancel.ThrowIfCancellationRequested();
        }

        JsonElement file = (await server.Client.GetFromJsonAsync<JsonElement>("/api/v1/sources/files", Cancel)).GetProperty("files")[0];

        Assert.Equal(
            $$"""{"path":"{{path}}","dataStream":"logs-files-default","state":"following","format":"logfmt","offset":43,"size":43,"lagBytes":0,"lastEventAt":"2026-11-22T05:02:11.000000000Z","error":null}""",
            file.GetRawText());
    }

    [Fact]
    public async Task Files_WithoutTheRightToManage_AreForbidden()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();
        string secret = await KeyApiTests.CreateAsync(server, "search");

        using HttpResponseMessage answer = await server.NewClient(server.Url, secret).GetAsync("/api/v1/sources/files", Cancel);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private static Task<JsonElement> HealthAsync(LogViewServer server) => server.Anonymous.GetFromJsonAsync<JsonElement>("/health", Cancel);

    /// <summary>A byte in the payload of the second frame.</summary>
    private static void Damage(string segment)
    {
        byte[] bytes = File.ReadAllBytes(segment);
        int second = bytes.AsSpan().IndexOf("\"n\":1"u8);
        bytes[second] ^= 0xFF;
        File.WriteAllBytes(segment, bytes);
    }
}
