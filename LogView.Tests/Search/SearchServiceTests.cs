using System.Globalization;
using System.Text;
using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Search;
using LogView.Server.Storage.Memory;
using Microsoft.Extensions.Time.Testing;

namespace LogView.Tests.Search;

public sealed class SearchServiceTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 5, 0, 0, TimeSpan.Zero);
    private static readonly Viewer Everybody = new("test", Rights.Search, ["*"]);

    private readonly FakeLog _log = new();
    private readonly MemoryEventStore _store = new(new MemoryEngineOptions { MaxEvents = 5 }, TimeProvider.System);
    private readonly SearchService _service;
    private long _sequence;

    public SearchServiceTests() => _service = new SearchService(_store, _log, new ReadYourWrites(_log, _log), new FakeTimeProvider(Now));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private async Task WriteAsync(string dataStream, int count, string source = "{}")
    {
        await _store.WriteAsync(
            [.. Enumerable.Range(0, count).Select(_ => new LogEvent
            {
                Id = new EventId((++_sequence).ToString(CultureInfo.InvariantCulture)),
                DataStream = DataStreamName.Parse(dataStream),
                Timestamp = Timestamp.From(Now).Add(TimeSpan.FromSeconds(_sequence - 100)),
                Sequence = _sequence,
                Source = Encoding.UTF8.GetBytes(source),
            })],
            Cancel);
        _log.DurableSequence = _log.IndexedSequence = _sequence;
    }

    private Task<SearchOutcome> SearchAsync(SearchRequest request, Viewer? viewer = null) =>
        _service.SearchAsync(request, viewer ?? Everybody, progress: null, Cancel);

    [Fact]
    public async Task Search_ViewerOfSomeStreams_SeesOnlyThose()
    {
        await WriteAsync("logs-a", 1);
        await WriteAsync("logs-b", 2);
        var viewer = new Viewer("a", Rights.Search, ["logs-a"]);

        SearchResult result = (await SearchAsync(new SearchRequest(), viewer)).Result!;

        Assert.Equal("logs-a", Assert.Single(result.Hits).Event.DataStream.Value);
        Assert.Equal(1, result.Total!.Value.Value);
        Assert.Equal("logs-a", Assert.Single(await _service.DataStreamsAsync(viewer, Cancel)).Name.Value);
        Assert.Null(await _service.FindAsync(DataStreamName.Parse("logs-b"), new EventId("2"), viewer, Cancel));
        Assert.NotNull(await _service.FindAsync(DataStreamName.Parse("logs-a"), new EventId("1"), viewer, Cancel));
    }

    [Fact]
    public async Task Search_NameThatMayNotBeTouched_IsForbidden()
    {
        await WriteAsync("logs-b", 1);

        SearchProblem problem = (await SearchAsync(new SearchRequest { DataStream = "logs-a,logs-b" }, new Viewer("a", Rights.Search, ["logs-a"]))).Problem!;

        Assert.Equal(SearchProblemKind.Forbidden, problem.Kind);
        Assert.Equal("This key or user may not search the data stream 'logs-b'", problem.Message);
    }

    [Fact]
    public async Task Search_WithoutTheRight_IsForbidden()
    {
        var viewer = new Viewer("shipper", Rights.Ingest, ["*"]);

        Assert.Equal(SearchProblemKind.Forbidden, (await SearchAsync(new SearchRequest(), viewer)).Problem!.Kind);
        Assert.Equal(SearchProblemKind.Forbidden, (await _service.ExportAsync(new SearchRequest(), viewer, Cancel)).Problem!.Kind);
        Assert.Equal(SearchProblemKind.Forbidden, (await _service.FieldsAsync(new SearchRequest(), viewer, Cancel)).Problem!.Kind);
        Assert.Equal(SearchProblemKind.Forbidden, (await _service.ValuesAsync(new SearchRequest(), "f", null, 10, viewer, Cancel)).Problem!.Kind);
        Assert.Empty(await _service.DataStreamsAsync(viewer, Cancel));
    }

    [Fact]
    public async Task Search_FieldsOfHiddenStreams_AreNeverSuggested()
    {
        await WriteAsync("logs-secret", 1, """{"salary":1}""");
        await WriteAsync("logs-a", 1, """{"other":1}""");

        SearchResult result = (await SearchAsync(new SearchRequest { Query = "salry: 1" }, new Viewer("a", Rights.Search, ["logs-a"]))).Result!;

        Assert.Equal("No event has the field salry.", Assert.Single(result.Notes).Message);
    }

    [Fact]
    public async Task Search_IndexBehind_WaitsForWhatWasAcknowledged()
    {
        await WriteAsync("logs-a", 3);
        (_log.IndexedSequence, _log.WillCatchUp) = (1, true);

        Task<SearchOutcome> search = SearchAsync(new SearchRequest());
        Assert.False(search.IsCompleted);
        _log.CatchUp();

        Assert.Equal(SearchStatus.Complete, (await search).Result!.Status);
        Assert.Equal((3L, TimeSpan.FromSeconds(2)), Assert.Single(_log.Waits));
    }

    [Fact]
    public async Task Search_IndexTooFarBehind_AnswersPartiallyAndSaysSo()
    {
        await WriteAsync("logs-a", 3);
        _log.IndexedSequence = 1;

        SearchResult result = (await SearchAsync(new SearchRequest())).Result!;

        Assert.Equal(SearchStatus.Partial, result.Status);
        Assert.Equal("The index is behind: 2 of the newest events are stored but not searchable yet", result.Notes.Single(n => n.Code == "indexing_lag").Message);
    }

    [Fact]
    public async Task Export_IndexTooFarBehind_IsRefused()
    {
        await WriteAsync("logs-a", 3);
        _log.IndexedSequence = 1;

        Assert.Equal(SearchProblemKind.Unavailable, (await _service.ExportAsync(new SearchRequest(), Everybody, Cancel)).Problem!.Kind);
    }

    [Fact]
    public async Task Export_EventsThatArriveMeanwhile_AreLeftOut()
    {
        await WriteAsync("logs-a", 3);
        IAsyncEnumerable<Hit> hits = (await _service.ExportAsync(new SearchRequest { Size = 1 }, Everybody, Cancel)).Hits!;
        await WriteAsync("logs-a", 1);

        List<string> ids = await hits.Select(h => h.Event.Id.Value).ToListAsync(Cancel);

        Assert.Equal(["3", "2", "1"], ids);
    }

    [Fact]
    public async Task Export_EventsThatLeaveMeanwhile_AreNoted()
    {
        await WriteAsync("logs-a", 5);
        ExportOutcome quiet = await _service.ExportAsync(new SearchRequest(), Everybody, Cancel);
        Assert.Equal(5, await quiet.Hits!.CountAsync(Cancel));
        Assert.Empty(quiet.Notes());

        ExportOutcome busy = await _service.ExportAsync(new SearchRequest(), Everybody, Cancel);
        await WriteAsync("logs-a", 3);

        Assert.Equal(["5", "4"], await busy.Hits!.Select(h => h.Event.Id.Value).ToListAsync(Cancel));
        SearchNote note = Assert.Single(busy.Notes());
        Assert.Equal("memory_bound", note.Code);
        Assert.StartsWith("3 events left the memory engine while this export ran", note.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_BeyondWhatMemoryHolds_IsNoted()
    {
        await WriteAsync("logs-a", 8);

        SearchResult all = (await SearchAsync(new SearchRequest())).Result!;
        SearchResult recent = (await SearchAsync(new SearchRequest { From = "2026-11-22T04:58:25Z" })).Result!;

        Assert.Equal(5, all.Total!.Value.Value);
        SearchNote note = Assert.Single(all.Notes);
        Assert.Equal("memory_bound", note.Code);
        Assert.StartsWith("The memory engine holds the newest 5 events to arrive; 3 older ones have left. The oldest here is of 2026-11-22T04:58:24.0", note.Message, StringComparison.Ordinal);
        Assert.Empty(recent.Notes);
    }

    [Fact]
    public async Task Search_Cancelled_Throws()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _service.SearchAsync(new SearchRequest(), Everybody, progress: null, new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData("now/d", "2026-11-23T00:00:00.000000000Z")]
    [InlineData("now", "2026-11-22T05:00:00.000000000Z")]
    [InlineData("2026-11-22", "2026-11-22T00:00:00.000000000Z")]
    [InlineData("2026-11-22T05:00:00Z", "2026-11-22T05:00:00.000000000Z")]
    [InlineData("2026-11-22||/M", "2026-12-01T00:00:00.000000000Z")]
    public void Bounds_To_IsTheExclusiveEnd(string to, string end)
    {
        Assert.Equal(end, TimeBounds.Resolve(null, to, Timestamp.From(Now), TimeZoneInfo.Utc).To.ToString());
    }
}
