using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using LogView.Server.Platform;
using LogView.Tests.Platform;
using LogView.Tests.Ingest;
using LogView.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace LogView.Tests.Crash;

/// <summary>A disk that fills: writers are told why, readers are served, nothing acknowledged is lost, and it goes on by itself when space is back.</summary>
public sealed class FullDiskTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private int _sent;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Watermark_Reached_WritesAre503WithTheReasonAndReadsGoOn()
    {
        var disk = new FaultyFileSystem { Free = long.MaxValue };
        await using LogViewServer server = await LogViewServer.StartAsync(replace: s => s.AddSingleton<IFileSystem>(disk));
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(server.Elastic)).Status);

        disk.Free = 1_000;
        (HttpStatusCode status, JsonElement answer) = await PostUntilAsync(server.Elastic, HttpStatusCode.ServiceUnavailable);
        JsonElement error = answer.GetProperty("error");
        using HttpResponseMessage lines = await server.Client.PostAsync("/ingest/logs-full", new StringContent("{}"), Cancel);
        JsonElement health = await GetAsync(server.Client, "/health");
        long found = await CountAsync(server.Client);

        Assert.Equal("unavailable_shards_exception", error.GetProperty("type").GetString());
        Assert.Contains("1000 bytes free", error.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, lines.StatusCode);
        Assert.Equal("degraded", health.GetProperty("status").GetString());
        Assert.Contains("1000 bytes free", health.GetProperty("findings")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.True(found > 0);

        disk.Free = long.MaxValue;
        await PostUntilAsync(server.Elastic, HttpStatusCode.OK);
    }

    [Fact]
    public async Task Disk_Full_NothingAcknowledgedIsLostAndItRecovers()
    {
        var disk = new FaultyFileSystem { Capacity = 300_000 };
        using TempFolder folder = new();
        long acknowledged = 0;
        await using (LogViewServer server = await LogViewServer.StartAsync(replace: s => s.AddSingleton<IFileSystem>(disk), dataFolder: folder.Path))
        {
            (HttpStatusCode Status, JsonElement Answer) last = (HttpStatusCode.OK, default);
            while (last.Status == HttpStatusCode.OK)
            {
                last = await PostAsync(server.Elastic);
                acknowledged += last.Status == HttpStatusCode.OK ? EventsPerPost : 0;
            }

            Assert.Contains("No space left", last.Answer.GetProperty("error").GetProperty("reason").GetString(), StringComparison.Ordinal);
            Assert.Equal(acknowledged, await CountAsync(server.Client));
            disk.Capacity = long.MaxValue;
            await PostUntilAsync(server.Elastic, HttpStatusCode.OK);
            acknowledged += EventsPerPost;
            Assert.Equal(acknowledged, await CountAsync(server.Client));
        }

        disk.Restart(Survives.OnlySynced);
        await using LogViewServer again = await LogViewServer.StartAsync(replace: s => s.AddSingleton<IFileSystem>(disk), dataFolder: folder.Path);
        Assert.Equal(acknowledged, await CountAsync(again.Client));
    }

    [Fact]
    [Trait("Kind", "slow")]
    public async Task RealDisk_Full_NothingAcknowledgedIsLostAndItRecovers()
    {
        using TempFolder folder = new();
        Assert.SkipUnless(await RunAsync("mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", folder.Path), "A small disk cannot be mounted here: needs Linux and root.");
        try
        {
            string ballast = Path.Combine(folder.Path, "ballast");
            await File.WriteAllBytesAsync(ballast, new byte[32_000_000], Cancel);
            await File.WriteAllTextAsync(
                Path.Combine(folder.Path, "logview.json"),
                """{ "wal": { "minFreeBytes": 0, "segmentBytes": 2000000 }, "store": { "maxSegmentEvents": 4000, "sealAfter": "1s", "maintenanceInterval": "1s" } }""", Cancel);
            await FillAndRecoverAsync(folder.Path, ballast);
        }
        finally
        {
            Assert.True(await RunAsync("umount", folder.Path));
        }
    }

    private const int EventsPerPost = 200;

    private async Task FillAndRecoverAsync(string folder, string ballast)
    {
        long acknowledged = 0;
        await using (LogViewProcess process = await LogViewProcess.ServeAsync(folder))
        {
            using HttpClient client = NewClient(process);
            (HttpStatusCode Status, JsonElement Answer) last = (HttpStatusCode.OK, default);
            while (last.Status == HttpStatusCode.OK)
            {
                last = await PostAsync(client, "/elastic");
                acknowledged += last.Status == HttpStatusCode.OK ? EventsPerPost : 0;
            }

            Assert.Equal(HttpStatusCode.ServiceUnavailable, last.Status);
            // What could not become a segment any more is not searchable yet, and the answer says so.
            JsonElement meanwhile = await GetAsync(client, "/api/v1/search?q=&from=now-1d&size=0");
            Assert.InRange(meanwhile.GetProperty("total").GetProperty("value").GetInt64(), 1, acknowledged);
            File.Delete(ballast);
            await PostUntilAsync(client, HttpStatusCode.OK, "/elastic");
            acknowledged += EventsPerPost;
            Assert.Equal(acknowledged, await CountAsync(client));
            await process.KillAsync();
        }

        await using LogViewProcess again = await LogViewProcess.ServeAsync(folder);
        using HttpClient reader = NewClient(again);
        Assert.Equal(acknowledged, await CountAsync(reader));
    }

    /// <summary>Sends until it is answered so: what is looked at once a second takes a moment to be noticed.</summary>
    private async Task<(HttpStatusCode Status, JsonElement Answer)> PostUntilAsync(HttpClient client, HttpStatusCode wanted, string prefix = "")
    {
        long started = TimeProvider.System.GetTimestamp();
        (HttpStatusCode Status, JsonElement Answer) last;
        do
        {
            last = await PostAsync(client, prefix, count: wanted == HttpStatusCode.OK ? EventsPerPost : 1);
        }
        while (last.Status != wanted && TimeProvider.System.GetElapsedTime(started) < Patience);

        Assert.Equal(wanted, last.Status);
        return last;
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(HttpClient client, string prefix = "", int count = EventsPerPost)
    {
        string body = string.Concat(Enumerable.Range(0, count).Select(_ => string.Create(
            CultureInfo.InvariantCulture, $"{{\"create\":{{}}}}\n{{\"message\":\"event {++_sent} {Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(100))}\"}}\n")));
        (HttpResponseMessage response, JsonElement answer) = await client.SendAsync("POST", $"{prefix}/logs-full/_bulk", HttpText.Body(body));
        return (response.StatusCode, answer);
    }

    private static async Task<JsonElement> GetAsync(HttpClient client, string path)
    {
        using JsonDocument answer = JsonDocument.Parse(await client.GetStringAsync(path, Cancel));
        return answer.RootElement.Clone();
    }

    private static async Task<long> CountAsync(HttpClient client)
    {
        long started = TimeProvider.System.GetTimestamp();
        JsonElement answer;
        do
        {
            // Behind a full disk the index may be behind for a moment, and says so.
            answer = await GetAsync(client, "/api/v1/search?q=&from=now-1d&size=0");
        }
        while (answer.GetProperty("status").GetString() != "complete" && TimeProvider.System.GetElapsedTime(started) < Patience);

        Assert.True(answer.GetProperty("status").GetString() == "complete", answer.GetRawText());
        return answer.GetProperty("total").GetProperty("value").GetInt64();
    }

    private static HttpClient NewClient(LogViewProcess process)
    {
#pragma warning disable RS0030 // A program of its own, not a part of the one under test.
        var client = new HttpClient { BaseAddress = new Uri(process.Url) };
#pragma warning restore RS0030
        client.DefaultRequestHeaders.Authorization = new("ApiKey", LogViewServer.AdminKey);
        return client;
    }

    private static async Task<bool> RunAsync(string program, params string[] args)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, args) { UseShellExecute = false, RedirectStandardError = true })!;
            await process.WaitForExitAsync(Cancel);
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
