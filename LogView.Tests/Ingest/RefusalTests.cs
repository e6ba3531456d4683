using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using LogView.Client.Contracts.Events;
using LogView.Server.Wal;
using LogView.Tests.Accounts;
using LogView.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace LogView.Tests.Ingest;

/// <summary>What shippers are told when nothing can be written, and when they may not.</summary>
public sealed class RefusalTests
{
    private const string Bulk = "{\"create\":{\"_index\":\"logs-a\"}}\n{\"a\":1}\n";

    [Theory]
    [InlineData(WalUnavailableReason.Busy, 429, "es_rejected_execution_exception")]
    [InlineData(WalUnavailableReason.Disk, 503, "unavailable_shards_exception")]
    public async Task Log_CannotWrite_EveryReceiverSaysComeBack(WalUnavailableReason reason, int status, string elasticType)
    {
        var log = new RefusingLog(reason, takes: 0);
        await using LogViewServer server = await LogViewServer.StartAsync(replace: s => s.AddSingleton<IWriteAheadLog>(log));

        (HttpResponseMessage bulk, JsonElement error) = await server.Elastic.SendAsync("POST", "/_bulk", HttpText.Body(Bulk));
        (HttpResponseMessage document, _) = await server.Elastic.SendAsync("POST", "/logs-a/_doc", HttpText.Body("{}"));
        (HttpResponseMessage lines, JsonElement answer) = await server.Anonymous.SendAsync("POST", "/ingest/logs-a", HttpText.Body("{}\n{}\n"));
        (HttpResponseMessage clef, _) = await server.Anonymous.SendAsync("POST", "/api/events/raw", HttpText.Body("{}"));

        Assert.All([bulk, document, lines, clef], r => Assert.Equal(status, (int)r.StatusCode));
        Assert.All([bulk, document, lines, clef], r => Assert.Equal(TimeSpan.FromSeconds(3), r.Headers.RetryAfter!.Delta));
        Assert.Equal((elasticType, "no room"), (error.GetProperty("error").GetProperty("type").GetString(), error.GetProperty("error").GetProperty("reason").GetString()));
        Assert.Equal((0, 2), (answer.GetProperty("accepted").GetInt32(), answer.GetProperty("rejected").GetInt32()));
    }

    [Fact]
    public async Task Log_CannotWriteAllOfARequest_TheRestIsToldItemByItem()
    {
        var log = new RefusingLog(WalUnavailableReason.Disk, takes: 1);
        await using LogViewServer server = await LogViewServer.StartAsync(replace: s => s.AddSingleton<IWriteAheadLog>(log));
        string body = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{{\"index\":{{}}}}\n{{\"n\":{i}}}\n"));

        (HttpResponseMessage bulk, JsonElement json) = await server.Elastic.SendAsync("POST", "/logs-a/_bulk?filter_path=items.*.status", HttpText.Body(body));
        (HttpResponseMessage lines, JsonElement answer) = await server.Anonymous.SendAsync("POST", "/ingest/logs-a", HttpText.Body("{}"));

        Assert.Equal(HttpStatusCode.OK, bulk.StatusCode);
        int[] statuses = [.. json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("index").GetProperty("status").GetInt32())];
        int stored = statuses.TakeWhile(s => s == 201).Count();
        Assert.InRange(stored, 1, 19_999);
        Assert.All(statuses[stored..], s => Assert.Equal(503, s));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, lines.StatusCode);
        Assert.Equal(0, answer.GetProperty("accepted").GetInt32());
    }

    [Fact]
    public async Task Key_ForOtherDataStreams_MayNotWriteToThisOne()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();
        string secret = await KeyApiTests.CreateAsync(server, "ingest", "logs-mine-*");
        HttpClient shipper = server.NewClient(server.Url, secret);

        (_, JsonElement bulk) = await shipper.SendAsync(
            "POST", "/elastic/_bulk", HttpText.Body("{\"create\":{\"_index\":\"logs-mine-a\"}}\n{\"a\":1}\n{\"create\":{\"_index\":\"logs-other\"}}\n{\"a\":1}\n"));
        (HttpResponseMessage lines, _) = await shipper.SendAsync("POST", "/ingest/logs-other", HttpText.Body("{}"));
        (HttpResponseMessage clef, _) = await shipper.SendAsync("POST", "/api/events/raw", HttpText.Body("{}"));
        (HttpResponseMessage nobody, _) = await server.Elastic.SendAsync("POST", "/_bulk", HttpText.Body(Bulk));

        Assert.Equal([201, 403], bulk.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("create").GetProperty("status").GetInt32()));
        Assert.Equal("security_exception", bulk.GetProperty("items")[1].GetProperty("create").GetProperty("error").GetProperty("type").GetString());
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized), (lines.StatusCode, clef.StatusCode, nobody.StatusCode));
        Assert.Empty(await server.SourcesAsync("logs-other"));
        Assert.Single(await server.SourcesAsync("logs-mine-a"));
    }

    /// <summary>Takes a number of appends, then refuses.</summary>
    private sealed class RefusingLog(WalUnavailableReason reason, int takes) : IWriteAheadLog
    {
        private int _left = takes;

        public long DurableSequence => 0;

        public long OldestSequence => 1;

        public Task<AppendResult> AppendAsync(IReadOnlyList<LogEvent> events, CancellationToken cancellationToken) => Interlocked.Decrement(ref _left) >= 0
            ? Task.FromResult(new AppendResult(new AppendStatus[events.Count], 0))
            : throw new WalUnavailableException("no room") { Reason = reason, RetryAfter = TimeSpan.FromSeconds(2.5) };

        public async IAsyncEnumerable<CommittedBatch> ReadAsync(long afterSequence, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            yield break;
        }

        public Task CheckpointAsync(long sequence, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
