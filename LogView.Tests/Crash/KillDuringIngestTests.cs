using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LogView.Tests.Testing;

namespace LogView.Tests.Crash;

/// <summary>
/// Kills the real process while several shippers write, starts it again on the same data, and looks whether each acknowledged event is found exactly
/// once. Rounds by <c>LOGVIEW_CRASH_ROUNDS</c>; after some a new store begins, since all that was acknowledged is looked for in each.
/// </summary>
public sealed class KillDuringIngestTests(ITestOutputHelper output)
{
    private const string DataStream = "logs-crash-default";
    private const int DefaultRounds = 20;
    private const int RoundsPerStore = 20;
    private const int Shippers = 4;
    private const int MostEventsARound = 4_000;

    private const string Settings =
        """{ "store": { "maxSegmentEvents": 600, "sealAfter": "50ms", "maintenanceInterval": "100ms" }, "wal": { "segmentBytes": 300000 } }""";

    private readonly ConcurrentDictionary<int, byte> _acknowledged = new();
    private readonly ConcurrentQueue<(int Id, string Body)> _unanswered = [];
    private int _last;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static int Rounds =>
        int.TryParse(Environment.GetEnvironmentVariable("LOGVIEW_CRASH_ROUNDS"), CultureInfo.InvariantCulture, out int rounds) ? rounds : DefaultRounds;

    [Fact]
    [Trait("Kind", "slow")]
    public async Task Kill_WhileShippersWrite_EveryAcknowledgedEventIsFoundOnce()
    {
        int seed = int.TryParse(Seed.Value, CultureInfo.InvariantCulture, out int given) ? given : Random.Shared.Next();
        output.WriteLine($"LOGVIEW_SEED={seed}");
        var random = new Random(seed);
        long acknowledged = 0, sent = 0;
        for (int done = 0; done < Rounds; done += RoundsPerStore)
        {
            await KillAsync(Math.Min(RoundsPerStore, Rounds - done), random, done);
            (acknowledged, sent) = (acknowledged + _acknowledged.Count, sent + _last);
            _acknowledged.Clear();
            _unanswered.Clear();
            _last = 0;
        }

        Assert.True(acknowledged > Rounds * 200, $"only {acknowledged} events were acknowledged");
        output.WriteLine($"{Rounds} rounds, {acknowledged} events acknowledged, {sent} sent");
    }

    private async Task KillAsync(int rounds, Random random, int before)
    {
        using var folder = new TempFolder();
        // Segments, merges and files of the log are so small that all of them are under way whenever the process is killed.
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "logview.json"), Settings, Cancel);
        for (int round = 1; round <= rounds; round++)
        {
            await using LogViewProcess process = await LogViewProcess.ServeAsync(folder.Path);
            await CheckAsync(process, $"at the start of round {before + round}");
            await WriteUntilAsync(process, enough: random.Next(200, MostEventsARound));
        }

        await using LogViewProcess last = await LogViewProcess.ServeAsync(folder.Path);
        await CheckAsync(last, $"after round {before + rounds}");
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(folder.Path, "store"), "seg-*", SearchOption.AllDirectories));
    }

    /// <summary>Shippers write without a pause; the one that gets the acknowledgement that is enough kills the process under the others.</summary>
    private async Task WriteUntilAsync(LogViewProcess process, int enough)
    {
        int target = _acknowledged.Count + enough, killers = 0;
        using HttpClient client = Client(process);
        await Task.WhenAll(Enumerable.Range(0, Shippers).Select(shipper => Task.Run(
            async () =>
            {
                while (await ShipAsync(client, shipper))
                {
                    if (_acknowledged.Count >= target && Interlocked.Increment(ref killers) == 1)
                    {
                        await process.KillAsync();
                    }
                }
            },
            Cancel)));
    }

    /// <summary>Sends one body; false when nobody is there any more. What was not answered is sent again later, as shippers do.</summary>
    private async Task<bool> ShipAsync(HttpClient client, int shipper)
    {
        (int first, string body) = _unanswered.TryDequeue(out (int, string) again) ? again : NewBody(shipper);
        try
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/x-ndjson");
            using HttpResponseMessage response = await client.PostAsync($"/elastic/{DataStream}/_bulk", content, Cancel);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                _unanswered.Enqueue((first, body));
                return true;
            }

            using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel));
            foreach (JsonElement item in answer.RootElement.GetProperty("items").EnumerateArray())
            {
                JsonElement create = item.GetProperty("create");
                Assert.True(create.GetProperty("status").GetInt32() is 201 or 409, create.GetRawText());
                _acknowledged[int.Parse(create.GetProperty("_id").GetString()!, CultureInfo.InvariantCulture)] = 0;
            }

            return true;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            _unanswered.Enqueue((first, body));
            return false;
        }
    }

    private (int First, string Body) NewBody(int shipper)
    {
        int count = shipper switch { 0 => 1, 1 => 7, 2 => 50, _ => 400 };
        int first = Interlocked.Add(ref _last, count) - count;
        var body = new StringBuilder();
        for (int n = first; n < first + count; n++)
        {
            body.Append(CultureInfo.InvariantCulture, $"{{\"create\":{{\"_id\":\"{n}\"}}}}\n{{\"@timestamp\":\"2026-11-22T05:02:11.{n % 1000:D3}Z\",\"n\":{n},\"message\":\"event {n} of the crash test\"}}\n");
        }

        return (first, body.ToString());
    }

    private async Task CheckAsync(LogViewProcess process, string when)
    {
        using HttpClient client = Client(process);
        (await client.PostAsync("/elastic/_refresh", null, Cancel)).EnsureSuccessStatusCode();
        List<int> found = await FindAllAsync(client);
        Assert.True(found.Count == found.Distinct().Count(), $"{when}: found twice: {string.Join(", ", found.GroupBy(n => n).Where(g => g.Count() > 1).Select(g => g.Key).Take(20))}");
        int[] lost = [.. _acknowledged.Keys.Except(found)];
        Assert.True(lost.Length == 0, $"{when}: {lost.Length} of {_acknowledged.Count} acknowledged events are lost: {string.Join(", ", lost.Take(20))}");
        Assert.True(found.All(n => n < _last), $"{when}: found what nobody sent");
    }

    private static async Task<List<int>> FindAllAsync(HttpClient client)
    {
        var found = new List<int>();
        for (string? after = null; ;)
        {
            string cursor = after is null ? "null" : $"\"{after}\"";
            using var request = new StringContent(
                $"{{\"query\":\"\",\"dataStream\":\"{DataStream}\",\"from\":\"2026-11-22T00:00:00Z\",\"to\":\"2026-11-23T00:00:00Z\",\"size\":5000,\"count\":\"exact\",\"after\":{cursor}}}",
                Encoding.UTF8, "application/json");
            using HttpResponseMessage response = await client.PostAsync("/api/v1/search", request, Cancel);
            string text = await response.Content.ReadAsStringAsync(Cancel);
            Assert.True(response.IsSuccessStatusCode, text);
            using JsonDocument answer = JsonDocument.Parse(text);
            Assert.Equal("complete", answer.RootElement.GetProperty("status").GetString());
            found.AddRange(answer.RootElement.GetProperty("hits").EnumerateArray().Select(h => h.GetProperty("source").GetProperty("n").GetInt32()));
            after = answer.RootElement.TryGetProperty("next", out JsonElement next) ? next.GetString() : null;
            if (after is null)
            {
                return found;
            }
        }
    }

    private static HttpClient Client(LogViewProcess process)
    {
#pragma warning disable RS0030 // A program of its own, not a part of the one under test.
        var client = new HttpClient { BaseAddress = new Uri(process.Url) };
#pragma warning restore RS0030
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("ApiKey", LogViewServer.AdminKey);
        return client;
    }
}
