using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using LogView.Client.Contracts.Events;
using LogView.Server.Wal;
using LogView.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace LogView.Tests.Tail;

/// <summary><c>GET /api/v1/tail</c> of the whole program.</summary>
public sealed class TailEndpointTests : IAsyncLifetime
{
    private LogViewServer _server = null!;
    private int _appended;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await LogViewServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Tail_BackfillThenLive_GivesEventsInTheShapeOfHits()
    {
        await AppendAsync(5);
        using TailLineReader reader = await TailLineReader.OpenAsync(_server, "q=log.level:info&backfill=2&fields=n");
        await reader.MatchedAsync(2);

        await AppendAsync(2);
        await reader.MatchedAsync(4);

        Assert.Equal("application/x-ndjson", reader.MediaType);
        Assert.Equal(["4", "5", "6", "7"], reader.Ids);
        Assert.Equal(
            """{"id":"7","dataStream":"logs-test-default","timestamp":"2026-11-18T11:06:40.007000000Z","source":{"message":"event 7","log.level":"info","n":7,"padding":""},"fields":{"n":[7]}}""",
            reader.Events[^1].GetRawText());
        Assert.Equal(2, reader.Count("backfilled"));
    }

    [Fact]
    public async Task Tail_NothingMatches_StatusComesAllTheSame()
    {
        using TailLineReader reader = await TailLineReader.OpenAsync(_server, "q=nothing");

        await reader.UntilAsync(r => r.Statuses.Count >= 3);

        Assert.Equal((0, 0, 0), (reader.Count("matched"), reader.Count("shown"), reader.Count("leftOut")));
        Assert.InRange(reader.Count("delayMs"), 0, 10_000);
    }

    [Fact]
    public async Task Tail_Position_ResumesWithoutLossOrRepeat()
    {
        using TailLineReader first = await TailLineReader.OpenAsync(_server, "q=n>0");
        await AppendAsync(50);
        await first.MatchedAsync(50);
        first.Dispose();
        await AppendAsync(50);

        using TailLineReader second = await TailLineReader.OpenAsync(_server, $"q=n>0&position={first.Position}");
        await AppendAsync(50);
        await second.MatchedAsync(100);

        Assert.Equal(Enumerable.Range(1, 150).Select(n => n.ToString(CultureInfo.InvariantCulture)), first.Ids.Concat(second.Ids));
        Assert.DoesNotContain(second.Statuses, s => s.TryGetProperty("gap", out _));
    }

    [Fact]
    public async Task Tail_ServerStops_EndsWithALastStatus()
    {
        using TailLineReader reader = await TailLineReader.OpenAsync(_server, "q=n>0");
        await AppendAsync(10);
        await reader.MatchedAsync(10);

        Task stopping = _server.StopAsync();
        int before = reader.Statuses.Count;
        while (await reader.NextAsync())
        {
        }

        await stopping;
        Assert.True(reader.Statuses.Count > before);
        Assert.Equal(10, reader.Count("shown"));
    }

    [Fact]
    public async Task Tail_SourceOfSeveralLines_IsOneLine()
    {
        using TailLineReader reader = await TailLineReader.OpenAsync(_server, "");
        await AppendAsync(new LogEvent
        {
            Id = new EventId("a"), DataStream = DataStreamName.Parse("logs-a"), Timestamp = default, Source = Encoding.UTF8.GetBytes("{\n  \"message\": \"a\\nb\"\r\n}"),
        });

        await reader.MatchedAsync(1);

        Assert.Equal("""{   "message": "a\nb"  }""", reader.Events[0].GetProperty("source").GetRawText());
    }

    [Theory]
    [InlineData("q=level:(", "The query does not parse: 1:8 expected")]
    [InlineData("backfill=many", "'backfill' is 'many': expected a whole number")]
    [InlineData("backfill=2001", "'backfill' is 2001: expected 0 to 2000")]
    [InlineData("position=here", "'position' is not a place in the live tail: expected the 'position' of a status")]
    [InlineData("language=sql", "'language' is 'sql': expected one of logview, lucene")]
    [InlineData("datastream=x", "unknown parameter 'datastream'; did you mean 'dataStream'?")]
    public async Task Tail_BadRequest_IsAProblemBeforeTheStream(string query, string detail)
    {
        using HttpResponseMessage answer = await _server.Client.GetAsync($"/api/v1/tail?{query}", Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        using JsonDocument problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel));
        Assert.StartsWith(detail, problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(query.StartsWith("q=", StringComparison.Ordinal), problem.RootElement.TryGetProperty("query", out JsonElement place) && place.ValueKind == JsonValueKind.Object);
    }

    [Fact]
    public async Task Tail_WithoutAKey_Is401()
    {
        using HttpResponseMessage answer = await _server.Anonymous.GetAsync("/api/v1/tail", Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    [Trait("Kind", "slow")]
    public async Task Tail_ReaderThatStopsReading_HasEventsLeftOutAndCounted()
    {
        const int Events = 60_000;
        using TailLineReader slow = await TailLineReader.OpenAsync(_server, "q=n>0");
        using TailLineReader lively = await TailLineReader.OpenAsync(_server, "q=n>0");
        await lively.NextAsync();
        for (int n = 1; n <= Events / 1_000; n++)
        {
            await AppendAsync(1_000, padding: 1_000);
            await lively.MatchedAsync(1_000 * n);
        }

        await slow.MatchedAsync(Events);

        Assert.Equal((Events, 0), (lively.Count("shown"), lively.Count("leftOut")));
        Assert.True(slow.Count("leftOut") > 0, "The reader was not slow");
        Assert.Equal(Events, slow.Count("matched"));
        Assert.Distinct(slow.Ids);
    }

    private Task<AppendResult> AppendAsync(int count, int padding = 0)
    {
        LogEvent[] events = [.. Enumerable.Range(_appended + 1, count).Select(n => TailBench.Event(n, padding: padding))];
        _appended += count;
        return AppendAsync(events);
    }

    private Task<AppendResult> AppendAsync(params LogEvent[] events) => _server.Services.GetRequiredService<IWriteAheadLog>().AppendAsync(events, Cancel);
}
