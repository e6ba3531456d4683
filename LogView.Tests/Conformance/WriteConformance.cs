using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;

namespace LogView.Tests.Conformance;

/// <summary>What is written is there: once, whole, at once, in its data stream.</summary>
public abstract class WriteConformance : StoreHarness
{
    [Fact]
    public async Task Search_EmptyStore_HasNothing()
    {
        SearchResult result = await SearchAsync(All);

        Assert.Equal(SearchStatus.Complete, result.Status);
        Assert.Empty(result.Hits);
        Assert.Equal(new HitCount(0, true), result.Total);
        Assert.Null(result.Next);
        Assert.Equal(0, Store.Statistics.Events);
    }

    [Fact]
    public async Task Write_Returned_IsSearchableAtOnce()
    {
        for (int i = 1; i <= 20; i++)
        {
            await WriteAsync(Event("2026-11-01T10:00:00Z"));

            Assert.Equal(i, (await SearchAsync(All)).Total!.Value.Value);
        }
    }

    [Fact]
    public async Task Write_EmptyBatch_ChangesNothing()
    {
        await Store.WriteAsync([], Cancel);

        Assert.Equal(0, Store.Statistics.Events);
    }

    [Fact]
    public async Task Write_Anything_KeepsSourceByteForByte()
    {
        const string source = "{ \"b\" : 1.50,\n\"a\":[ ],\t\"b2\":\"\\u0041\\/é\" , \"b\":2}";
        await WriteAsync(Event("2026-11-01T10:00:00.123456789Z", source, id: "spaced id/ü"));

        LogEvent found = Assert.Single((await SearchAsync(All)).Hits).Event;

        Assert.Equal(source, Encoding.UTF8.GetString(found.Source.Span));
        Assert.Equal("spaced id/ü", found.Id.Value);
        Assert.Equal(DefaultStream, found.DataStream.Value);
        Assert.Equal("2026-11-01T10:00:00.123456789Z", found.Timestamp.ToString());
        Assert.Equal(1, found.Sequence);
    }

    [Fact]
    public async Task Write_DerivedFields_AreFoundAndGivenBack()
    {
        await WriteAsync(Event("2026-11-01T10:00:00Z", """{"level":"WARNING"}""", derived: """{"log.level":"warn"}"""));

        LogEvent found = Assert.Single((await SearchAsync(All with { Query = Query("log.level: warn and level: WARNING") })).Hits).Event;

        Assert.Equal("warn", found.Fields.First("log.level").ToString());
        Assert.Equal("""{"level":"WARNING"}""", Encoding.UTF8.GetString(found.Source.Span));
    }

    [Fact]
    public async Task Write_SameIdAgain_LeavesTheFirst()
    {
        await WriteAsync(Event("2026-11-01T10:00:00Z", """{"n":1}""", id: "a"));
        await WriteAsync(Event("2026-11-01T10:00:00Z", """{"n":1}""", id: "a"), Event("2026-11-01T10:00:01Z", """{"n":2}""", id: "b"));
        await WriteAsync(Event("2026-11-03T10:00:00Z", """{"n":9}""", id: "a"));

        Assert.Equal("a b", await FoundAsync("*"));
        Assert.Equal("a", await FoundAsync("n: 1"));
        Assert.Equal(2, Store.Statistics.Events);
    }

    [Fact]
    public async Task Write_SameIdTwiceInOneBatch_KeepsTheFirst()
    {
        await WriteAsync(Event("2026-11-01T10:00:00Z", """{"n":1}""", id: "a"), Event("2026-11-01T10:00:00Z", """{"n":2}""", id: "a"));

        Assert.Equal("a", await FoundAsync("n: 1"));
        Assert.Equal("", await FoundAsync("n: 2"));
    }

    [Fact]
    public async Task Write_SameIdInTwoDataStreams_IsTwoEvents()
    {
        await WriteAsync(Event("2026-11-01T10:00:00Z", id: "a", stream: "logs-one"), Event("2026-11-01T10:00:00Z", id: "a", stream: "logs-two"));

        Assert.Equal(2, (await SearchAsync(All)).Total!.Value.Value);
    }

    [Fact]
    public async Task Write_LongestId_IsKept()
    {
        string id = new('é', EventId.MaxBytes / 2);
        await WriteAsync(Event("2026-11-01T10:00:00Z", id: id));

        IReadOnlyDictionary<EventId, LogEvent> found = await Store.FindAsync(DataStreamName.Parse(DefaultStream), [new EventId(id)], Cancel);

        Assert.Equal(id, Assert.Single(found).Key.Value);
    }

    [Fact]
    public async Task Find_SomeIds_GivesThoseOfThatDataStream()
    {
        await WriteAsync(
            Event("2026-11-01T10:00:00Z", """{"n":1}""", id: "a", stream: "logs-one"),
            Event("2026-11-01T10:00:00Z", """{"n":2}""", id: "b", stream: "logs-one"),
            Event("2026-11-01T10:00:00Z", """{"n":3}""", id: "c", stream: "logs-two"));

        IReadOnlyDictionary<EventId, LogEvent> found = await Store.FindAsync(
            DataStreamName.Parse("logs-one"), [new EventId("b"), new EventId("c"), new EventId("none")], Cancel);

        Assert.Equal("""{"n":2}""", Encoding.UTF8.GetString(Assert.Single(found).Value.Source.Span));
    }

    [Fact]
    public async Task Search_DataStreamPredicate_LimitsHitsCountsAndSums()
    {
        await WriteAsync(
            Event("2026-11-01T10:00:00Z", """{"n":1}""", id: "a", stream: "logs-one"),
            Event("2026-11-01T10:00:01Z", """{"n":2}""", id: "b", stream: "logs-two"));

        SearchResult result = await SearchAsync(All with
        {
            DataStreams = name => DataStreamPattern.Matches("logs-*,-logs-one", name.Value),
            Aggregations = Plan(("sum", new MetricAggregation(MetricKind.Sum, "n"))),
        });

        Assert.Equal("b", Ids(result));
        Assert.Equal(new HitCount(1, true), result.Total);
        Assert.Equal(2, Assert.IsType<MetricResult>(result.Aggregations["sum"]).Value);
    }

    [Fact]
    public async Task DataStreams_Several_AreListedByNameWithCountsAndBounds()
    {
        await WriteAsync(
            Event("2026-11-01T10:00:02Z", """{"n":1}""", stream: "logs-two"),
            Event("2026-11-01T10:00:00Z", """{"n":1}""", stream: "logs-one"),
            Event("2026-11-01T10:00:01Z", """{"n":1}""", stream: "logs-two"));

        IReadOnlyList<DataStreamInfo> streams = await Store.ListDataStreamsAsync(Cancel);

        Assert.Equal(["logs-one", "logs-two"], streams.Select(s => s.Name.Value));
        Assert.Equal([1, 2], streams.Select(s => s.Events));
        Assert.All(streams, s => Assert.True(s.Bytes > 0));
        Assert.Equal("2026-11-01T10:00:01.000000000Z", streams[1].Oldest.ToString());
        Assert.Equal("2026-11-01T10:00:02.000000000Z", streams[1].Newest.ToString());
    }

    [Fact]
    public async Task DeleteDataStream_Existing_RemovesItAlone()
    {
        await WriteAsync(Event("2026-11-01T10:00:00Z", id: "a", stream: "logs-one"), Event("2026-11-01T10:00:01Z", id: "b", stream: "logs-two"));

        bool deleted = await Store.DeleteDataStreamAsync(DataStreamName.Parse("logs-one"), Cancel);

        Assert.True(deleted);
        Assert.Equal("b", await FoundAsync("*"));
        Assert.Equal("logs-two", Assert.Single(await Store.ListDataStreamsAsync(Cancel)).Name.Value);
        Assert.Empty(await Store.FindAsync(DataStreamName.Parse("logs-one"), [new EventId("a")], Cancel));
        Assert.Equal(1, Store.Statistics.Events);
        Assert.False(await Store.DeleteDataStreamAsync(DataStreamName.Parse("logs-one"), Cancel));
    }

    [Fact]
    public async Task DeleteDataStream_WrittenAgain_TakesTheSameIds()
    {
        await WriteAsync(Event("2026-11-01T10:00:00Z", """{"n":1}""", id: "a"));
        await Store.DeleteDataStreamAsync(DataStreamName.Parse(DefaultStream), Cancel);

        await WriteAsync(Event("2026-11-01T10:00:00Z", """{"n":2}""", id: "a"));

        Assert.Equal("a", await FoundAsync("n: 2"));
    }

    [Fact]
    public async Task DurableSequence_AnyEngine_NeverPassesWhatWasWrittenNorDecreases()
    {
        long last = Store.DurableSequence;
        Assert.Equal(0, last);
        for (int i = 1; i <= 5; i++)
        {
            await WriteAsync(Event("2026-11-01T10:00:00Z"), Event("2026-11-01T10:00:00Z"));

            Assert.InRange(Store.DurableSequence, last, 2 * i);
            last = Store.DurableSequence;
        }
    }

    [Fact]
    public async Task Reopen_EngineThatKeeps_HasEverythingUpToItsDurableSequence()
    {
        await WriteAsync(Event("2026-11-01T10:00:00Z", """{"n":1}""", id: "a"), Event("2026-11-01T10:00:01Z", """{"n":2}""", id: "b", stream: "logs-two"));
        long durable = Store.DurableSequence;
        if (!await TryReopenAsync())
        {
            Assert.Equal(0, durable);
            return;
        }

        SearchResult result = await SearchAsync(All);
        Assert.True(result.Hits.Count >= durable, $"{result.Hits.Count} of {durable} durable events came back");
        Assert.True(Store.DurableSequence >= durable);
        Assert.All(result.Hits, h => Assert.True(h.Event.Sequence > 0));
    }
}
