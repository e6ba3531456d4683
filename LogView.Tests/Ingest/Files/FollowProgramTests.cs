using System.Net.Http.Json;
using System.Text.Json;
using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Setup;
using LogView.Server.Ingest.Files;
using LogView.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace LogView.Tests.Ingest.Files;

/// <summary>Files through the whole program: followed, in the log, indexed, found by search.</summary>
public sealed class FollowProgramTests
{
    [Fact]
    [Trait("Kind", "slow")]
    public async Task AGrowingFile_IsFoundBySearch_AlsoAfterARestart_EveryLineOnce()
    {
        using TempFolder logs = new();
        string path = logs.File("app.log", "2026-11-22 14:02:11,482 ERROR [main] c.s.Checkout - 결제 실패\njava.lang.IllegalStateException: no stock\n\tat c.s.Checkout.pay(Checkout.java:42)\n");
        FileSourceOptions source = new() { Paths = [Path.Combine(logs.Path, "*.log")], DataStream = "logs-shop-test", Zone = "Asia/Seoul" };
        await using LogViewServer server = await LogViewServer.StartAsync(o => o with { Settings = o.Settings with { Files = [source] } });

        JsonElement trace = await SearchAsync(server, "log.level: error", 1);
        await File.AppendAllTextAsync(path, string.Concat(Enumerable.Range(0, 5_000).Select(i => $"2026-11-22 14:03:11,000 INFO [main] c.s.Checkout - line {i}\n")));
        await SearchAsync(server, "log.level: info", 5_000);
        await server.RestartAsync();
        await File.AppendAllTextAsync(path, "2026-11-22 14:04:11,000 INFO [main] c.s.Checkout - last\n");
        await SearchAsync(server, "log.level: info", 5_001);

        JsonElement hit = trace.GetProperty("hits")[0];
        Assert.Equal("2026-11-22T05:02:11.482000000Z", hit.GetProperty("timestamp").GetString());
        Assert.EndsWith("Checkout.java:42)", hit.GetProperty("source").GetProperty("event").GetProperty("original").GetString(), StringComparison.Ordinal);
        JsonElement all = await SearchAsync(server, "", 5_002);
        Assert.Equal("eq", all.GetProperty("total").GetProperty("relation").GetString());
    }

    [Fact]
    [Trait("Kind", "slow")]
    public async Task KilledAgainAndAgain_TheWholeProgram_EveryEventOnce()
    {
        using TempFolder logs = new();
        using TempFolder data = new();
        string config = data.File("config.json", JsonSerializer.Serialize(new { files = new[] { new { paths = new[] { logs.Path + "/*.log*" }, dataStream = "logs-shop-test", zone = "UTC" } } }));
        int written = 0;
        for (int round = 0; round < 4; round++)
        {
            await using LogViewProcess program = await LogViewProcess.ServeAsync(data.Path, "--config", config);
            for (int i = 0; i < 40; i++)
            {
                string lines = string.Concat(Enumerable.Range(written, 50).Select(n => $"2026-11-22 14:02:11,000 ERROR [main] c.s.Checkout - line {n}\njava.lang.Exception: x\n\tat a.B(B.java:1)\n"));
                await File.AppendAllTextAsync(Path.Combine(logs.Path, "app.log"), lines);
                written += 50;
            }

            File.Move(Path.Combine(logs.Path, "app.log"), Path.Combine(logs.Path, $"app.log.{round}"));
            using HttpClient client = Client(program.Url);
            await WaitAsync(client, found => found >= written - 1_500);
            await program.KillAsync();
        }

        await using LogViewProcess last = await LogViewProcess.ServeAsync(data.Path, "--config", config);
        using HttpClient search = Client(last.Url);
        await WaitAsync(search, found => found >= written);
        await File.AppendAllTextAsync(Path.Combine(logs.Path, "app.log"), "2026-11-22 14:02:11,000 ERROR end\n");
        Assert.Equal(written + 1, await WaitAsync(search, found => found > written));
    }

    [Fact]
    public async Task FollowVarLog_NeedsTheRight_AndAddsTheSource()
    {
        if (!Directory.Exists("/var/log"))
        {
            Assert.Skip("SKIPPED: this machine has no /var/log");
        }

        await using LogViewServer server = await LogViewServer.StartAsync();
        IFirstRun firstRun = server.Services.GetRequiredService<IFirstRun>();

        FirstRunOutcome refused = await firstRun.FollowVarLogAsync(new Viewer("reader", Rights.Search, ["*"]), TestContext.Current.CancellationToken);
        FirstRunOutcome started = await firstRun.FollowVarLogAsync(new Viewer("admin", Rights.Search | Rights.Manage, ["*"]), TestContext.Current.CancellationToken);

        Assert.True(firstRun.Offer.CanFollowVarLog);
        Assert.False(refused.Started);
        Assert.Contains("scope admin", refused.Message, StringComparison.Ordinal);
        Assert.True(started.Started, started.Message);
        FileSourceState source = Assert.Single(server.Services.GetRequiredService<IFileSources>().Sources);
        Assert.Equal("logs-varlog-default", source.Options.DataStream);
        Assert.True(File.Exists(Path.Combine(server.DataFolder, "files.json")));
    }

    private static HttpClient Client(string url)
    {
#pragma warning disable RS0030 // The program is another process.
        HttpClient client = new() { BaseAddress = new Uri(url) };
#pragma warning restore RS0030
        client.DefaultRequestHeaders.Add("Authorization", $"ApiKey {LogViewServer.AdminKey}");
        return client;
    }

    private static async Task<long> WaitAsync(HttpClient client, Func<long, bool> enough)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            using HttpResponseMessage response = await client.PostAsJsonAsync(
                "/api/v1/search", new { query = "log.level: error", dataStream = "logs-shop-test", from = "2026-11-01T00:00:00Z", to = "2026-12-01T00:00:00Z", size = 0 }, patience.Token);
            response.EnsureSuccessStatusCode();
            JsonElement result = await response.Content.ReadFromJsonAsync<JsonElement>(patience.Token);
            long found = result.GetProperty("total").GetProperty("value").GetInt64();
            if (enough(found))
            {
                return found;
            }

            await Task.Delay(50, patience.Token);
        }
    }

    private static async Task<JsonElement> SearchAsync(LogViewServer server, string query, int expected)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            using HttpResponseMessage response = await server.Client.PostAsJsonAsync(
                "/api/v1/search", new { query, dataStream = "logs-shop-test", from = "2026-11-01T00:00:00Z", to = "2026-12-01T00:00:00Z", size = 1 }, patience.Token);
            response.EnsureSuccessStatusCode();
            JsonElement result = await response.Content.ReadFromJsonAsync<JsonElement>(patience.Token);
            if (result.GetProperty("total").GetProperty("value").GetInt64() >= expected)
            {
                Assert.Equal(expected, result.GetProperty("total").GetProperty("value").GetInt64());
                return result;
            }

            await Task.Delay(50, patience.Token);
        }
    }
}
