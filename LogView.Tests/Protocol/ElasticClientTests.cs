using System.Diagnostics;
using System.Text.Json;
using LogView.Client.Contracts.Events;
using LogView.Tests.Ingest;
using LogView.Tests.Testing;

namespace LogView.Tests.Protocol;

/// <summary>Real clients and shippers of Elasticsearch write to LogView's port; what they sent is then found.</summary>
[Trait("Kind", "slow")]
public sealed class ElasticClientTests(NpmClients npm) : IClassFixture<NpmClients>
{
    private const int Count = 200;

    [Theory]
    [InlineData("elasticsearch-7")]
    [InlineData("elasticsearch-8")]
    [InlineData("elasticsearch-9")]
    public async Task ElasticsearchClient_BulkIndexCreate_IsFound(string package)
    {
        await using LogViewServer server = await LogViewServer.StartAsync();

        JsonElement said = await npm.RunScriptAsync("elasticsearch.mjs", package, server.ElasticUrl, "logs-npm-default", $"{Count}");

        Assert.Equal((Count, Count, 0), (said.GetProperty("total").GetInt32(), said.GetProperty("successful").GetInt32(), said.GetProperty("failed").GetInt32()));
        Assert.Equal(("created", "created", 409), (said.GetProperty("single").GetString(), said.GetProperty("first").GetString(), said.GetProperty("repeat").GetInt32()));
        IReadOnlyList<LogEvent> events = await server.EventsAsync("logs-npm-default");
        Assert.Equal(Count + 3, events.Count);
        Assert.Equal(Count / 10, events.Count(e => e.Fields.First("log.level").ToString() == "error"));
        Assert.Contains(events, e => e.Fields.First("message").ToString() == $"event 7 of {package}: 결제 완료");
    }

    [Fact]
    public async Task OpenSearchClient_Bulk_IsFound()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();

        JsonElement said = await npm.RunScriptAsync("opensearch.mjs", server.ElasticUrl, "logs-npm-default", $"{Count}");

        Assert.Equal((Count, 0), (said.GetProperty("successful").GetInt32(), said.GetProperty("failed").GetInt32()));
        IReadOnlyList<LogEvent> events = await server.EventsAsync("logs-npm-default");
        Assert.Equal(Count, events.Count(e => e.Fields.First("log.level").ToString() == "warn"));
    }

    [Fact]
    public async Task Pino_LogsAndErrors_AreFoundWithTheirLevelAndStack()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();

        JsonElement said = await npm.RunScriptAsync("pino.mjs", server.ElasticUrl, "logs-pino-default", $"{Count}");

        Assert.Equal((Count, 0), (said.GetProperty("inserted").GetInt32(), said.GetProperty("dropped").GetArrayLength()));
        IReadOnlyList<LogEvent> events = await server.EventsAsync("logs-pino-default");
        Assert.Equal(Count, events.Count);
        Assert.Equal(Count / 10, events.Count(e => e.Fields.First("log.level").ToString() == "error"));
        LogEvent failure = events.Single(e => e.Fields.First("message").ToString() == "pino event 10");
        Assert.StartsWith("Error: pino failure 10", failure.Fields.First("error.stack_trace").ToString());
        Assert.True(failure.Fields.Values("logview.timestamp_from").Count == 0, "pino's time is read");
    }

    [Fact]
    public async Task Winston_WithItsTemplateAndHealthCheck_IsFound()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();

        JsonElement said = await npm.RunScriptAsync("winston.mjs", server.ElasticUrl, "logs-winston-default", $"{Count}");

        Assert.Equal(0, said.GetProperty("errors").GetArrayLength());
        IReadOnlyList<LogEvent> events = await server.EventsAsync("logs-winston-default");
        Assert.Equal((Count, Count / 10), (events.Count, events.Count(e => e.Fields.First("log.level").ToString() == "error")));
    }

    [Fact]
    public async Task Rsyslog_Omelasticsearch_SendsRealSyslogLines()
    {
        const string Program = "/usr/sbin/rsyslogd";
        if (!File.Exists(Program) || !File.Exists("/usr/lib/x86_64-linux-gnu/rsyslog/omelasticsearch.so"))
        {
            Assert.Skip("rsyslogd with omelasticsearch is not installed");
        }

        await using LogViewServer server = await LogViewServer.StartAsync();
        using var folder = new TempFolder();
        string input = folder.File("in.log", string.Concat(Enumerable.Range(0, Count).Select(i => $"rsyslog line {i} \"결제\"\n")));
        string config = folder.File("rsyslog.conf", Config(input, folder.Path, new Uri(server.ElasticUrl)));
        using Process rsyslog = Process.Start(new ProcessStartInfo(Program, ["-n", "-f", config, "-i", Path.Combine(folder.Path, "pid")]) { UseShellExecute = false })!;
        try
        {
            await ArrivedAsync(server, "logs-rsyslog-default", rsyslog);
        }
        finally
        {
            rsyslog.Kill();
            await rsyslog.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        IReadOnlyList<LogEvent> events = await server.EventsAsync("logs-rsyslog-default");
        Assert.Equal(
            Enumerable.Range(0, Count).Select(i => $"rsyslog line {i} \"결제\"").Order(),
            events.Select(e => e.Fields.First("message").ToString()).Order());
        Assert.All(events, e => Assert.Equal("error", e.Fields.First("log.level").ToString()));
    }

    private static string Config(string input, string workFolder, Uri server) => $$"""
        global(workDirectory="{{workFolder}}")
        module(load="imfile")
        module(load="omelasticsearch")
        template(name="json" type="list") {
          constant(value="{\"@timestamp\":\"") property(name="timereported" dateFormat="rfc3339")
          constant(value="\",\"host\":\"") property(name="hostname")
          constant(value="\",\"severity\":\"") property(name="syslogseverity-text")
          constant(value="\",\"message\":\"") property(name="msg" format="json") constant(value="\"}")
        }
        input(type="imfile" File="{{input}}" Tag="app:" Severity="error" ruleset="out")
        ruleset(name="out") {
          action(type="omelasticsearch" server="127.0.0.1" serverport="{{server.Port}}" searchIndex="logs-rsyslog-default" bulkmode="on" template="json" writeoperation="create" bulkid="")
        }
        """;

    /// <summary>Returns when all lines are indexed; the log's feed says when there are more.</summary>
    private static async Task ArrivedAsync(LogViewServer server, string dataStream, Process shipper)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        var log = (Server.Wal.IWriteAheadLog)server.Services.GetService(typeof(Server.Wal.IWriteAheadLog))!;
        int arrived = 0;
        await foreach (Server.Wal.CommittedBatch batch in log.ReadAsync(0, limit.Token))
        {
            arrived += batch.Events.Count(e => e.DataStream.Value == dataStream);
            Assert.False(shipper.HasExited, "rsyslogd ended");
            if (arrived >= Count)
            {
                return;
            }
        }
    }
}
