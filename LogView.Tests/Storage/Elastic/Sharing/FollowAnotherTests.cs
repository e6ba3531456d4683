using System.Text;
using System.Text.Json;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Language;
using LogView.Server.Platform;
using LogView.Server.Storage;
using LogView.Server.Storage.Elastic;
using LogView.Server.Storage.Elastic.Sharing;
using LogView.Tests.Storage.Elastic.Retiring;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Elastic.Sharing;

/// <summary>Following what another LogView writes to the same data streams: each event once, none of one's own, and nothing asked while there is no other.</summary>
public abstract class FollowAnother(ElasticServer server) : IAsyncLifetime
{
    private const string Stream = "logs-shop-test";

    private readonly TempFolder _folder = new();
    private readonly string _prefix = server.NextPrefix();
    private readonly JumpingTime _clock = new();
    private ElasticEventStore _mine = null!;
    private ElasticEventStore _theirs = null!;
    private RawCluster _cluster = null!;
    private long _sequence;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _cluster = new RawCluster(server.Require());
        (_mine, _theirs) = (Open("mine"), Open("theirs"));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _mine.DisposeAsync();
        await _theirs.DisposeAsync();
        _cluster.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Read_Alone_AsksNothingOfItsOwnIndices()
    {
        await _mine.WriteAsync([Event("a")], Cancel);
        IOtherEventReader reader = await StartAsync();
        long before = await SearchesAsync();
        for (int i = 0; i < 3; i++)
        {
            await _mine.WriteAsync([Event($"b{i}")], Cancel);
            _clock.Advance(TimeSpan.FromSeconds(10));
            OtherEventBatch batch = await reader.ReadAsync(Cancel);
            Assert.Equal((0, 0), (batch.Parts, batch.Events.Count));
        }

        Assert.Equal(before, await SearchesAsync());
    }

    [Fact]
    public async Task Read_AnotherBeginsAfterThousandsOfOwn_PassesThemOver()
    {
        await _mine.WriteAsync([Event("first")], Cancel);
        IOtherEventReader reader = await StartAsync();
        foreach (LogEvent[] some in Enumerable.Range(0, 24_000).Select(i => Event($"own-{i}")).Chunk(4_000))
        {
            await _mine.WriteAsync(some, Cancel);
        }

        await _theirs.WriteAsync([Event("theirs-1"), Event("theirs-2")], Cancel);
        await _mine.WriteAsync([Event("own-after")], Cancel);
        Notice();
        OtherEventBatch batch = await reader.ReadAsync(Cancel);
        OtherEventBatch rest = await reader.ReadAsync(Cancel);

        Assert.Equal(["theirs-1", "theirs-2"], batch.Events.Concat(rest.Events).Select(e => e.Id.Value));
        Assert.All(batch.Events, e => Assert.True(e.IsOfOthers));
        Assert.Equal(1, batch.Parts);
        Assert.Null(batch.Missing);
        Assert.False(rest.HasMore);
    }

    [Fact]
    public async Task Read_AnotherGoesAwayAndComesBack_GivesWhatItWrote()
    {
        await _mine.WriteAsync([Event("own")], Cancel);
        IOtherEventReader reader = await StartAsync();
        await _theirs.WriteAsync([Event("one")], Cancel);
        Notice();
        Assert.Equal(["one"], await ReadAsync(reader));

        _clock.Advance(LiveWritersExpire());
        Assert.Equal(0, (await reader.ReadAsync(Cancel)).Parts);
        await _theirs.WriteAsync([Event("two"), Event("three")], Cancel);
        Notice();

        Assert.Equal(["two", "three"], await ReadAsync(reader));
        Assert.Equal(1, (await reader.ReadAsync(Cancel)).Parts);
    }

    [Fact]
    public async Task Read_OwnFromBeforeARestart_AreNotAnothers()
    {
        await _theirs.WriteAsync([Event("theirs")], Cancel);
        await _mine.WriteAsync([Event("own-before")], Cancel);
        await _mine.DisposeAsync();
        _mine = Open("mine");
        IOtherEventReader reader = await StartAsync();
        await _mine.WriteAsync([Event("own-after")], Cancel);
        await _theirs.WriteAsync([Event("theirs-after")], Cancel);

        Assert.Equal(["theirs-after"], await ReadAsync(reader));
        SearchResult found = await _mine.SearchAsync(new StoreSearch { DataStreams = _ => true, Now = default, Size = 10 }, null, Cancel);
        Assert.Equal(["theirs", "theirs-after"], found.Hits.Where(h => h.Event.IsOfOthers).Select(h => h.Event.Id.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Read_WhatTheIndexAloneDoesNotKnow_IsLookedAt()
    {
        await _mine.WriteAsync([Event("own", "\"code\":1")], Cancel);
        IOtherEventReader codes = await StartAsync("code: abc"), fruits = await StartAsync("fruit:~ÄPFEL"), names = await StartAsync("brand.new: yes");
        await _theirs.WriteAsync(
            [Event("text", "\"code\":\"abc\""), Event("other", "\"code\":\"xyz\""), Event("apple", "\"fruit\":\"äpfel\""), Event("pear", "\"fruit\":\"birne\""), Event("new", "\"brand.new\":\"yes\"")], Cancel);
        Notice();

        Assert.Equal(["text"], await ReadAsync(codes));
        Assert.Equal(["apple"], await ReadAsync(fruits));
        Assert.Equal(["new"], await ReadAsync(names));
    }

    [Fact]
    public async Task Read_BothWriteWhileIndicesRollOver_GivesEachOfTheOtherOnce()
    {
        await Task.WhenAll(_mine.WriteAsync([Event("own")], Cancel), _theirs.WriteAsync([Event("before")], Cancel));
        IOtherEventReader reader = await StartAsync();
        List<string> ids = [], written = [];
        for (int round = 0; round < 4; round++)
        {
            await _theirs.WriteAsync([Take($"t{round}-1")], Cancel);
            await _cluster.SendAsync(HttpMethod.Post, $"{_prefix}{Stream}/_rollover");
            await Task.WhenAll(_mine.WriteAsync([Event($"own{round}")], Cancel), _theirs.WriteAsync([Take($"t{round}-2"), Take($"t{round}-3")], Cancel));
            Notice();
            ids.AddRange(await ReadAsync(reader));
        }

        ids.AddRange(await ReadAsync(reader));
        Assert.Equal(written, ids);

        LogEvent Take(string id)
        {
            written.Add(id);
            return Event(id);
        }
    }

    [Fact]
    public async Task Announce_ManyAtOnce_EachIsKnownToAll()
    {
        ElasticEventStore[] many = [.. Enumerable.Range(0, 5).Select(i => Open($"many-{i}"))];
        await _mine.WriteAsync([Event("own")], Cancel);
        await Task.WhenAll(many.Select(s => s.WriteAsync([Event($"of-{s.GetHashCode()}")], Cancel)));

        string document = await _cluster.SendAsync(HttpMethod.Get, $".logview-{_prefix}lease/_doc/writers");

        using JsonDocument read = JsonDocument.Parse(document);
        Assert.Equal(6, read.RootElement.GetProperty("_source").EnumerateObject().Count());
        foreach (ElasticEventStore store in many)
        {
            await store.DisposeAsync();
        }
    }

    private ElasticEventStore Open(string folder) => new(server.Options(Path.Combine(_folder.Path, folder), _prefix), DiskFileSystem.Instance, _clock);

    private LogEvent Event(string id, string? member = null) => new()
    {
        Id = new EventId(id),
        DataStream = DataStreamName.Parse(Stream),
        Timestamp = Timestamp.Now(_clock),
        Sequence = Interlocked.Increment(ref _sequence),
        Source = Encoding.UTF8.GetBytes($$"""{"message":"hello"{{(member is null ? "" : "," + member)}}}"""),
    };

    private async Task<IOtherEventReader> StartAsync(string query = "")
    {
        IOtherEventReader reader = _mine.Others!.Follow(new StoreSearch { DataStreams = _ => true, Now = default, Query = QueryParser.Parse(query).Node! });
        Assert.Empty((await reader.ReadAsync(Cancel)).Events);
        return reader;
    }

    /// <summary>As much later as another LogView and a new index may go unnoticed.</summary>
    private void Notice() => _clock.Advance(TimeSpan.FromSeconds(4));

    private TimeSpan LiveWritersExpire()
    {
        using LiveWriters writers = new(null!, "", server.Options("", "").Timeout, _clock);
        return writers.ExpiresAfter + TimeSpan.FromSeconds(1);
    }

    private static async Task<string[]> ReadAsync(IOtherEventReader reader)
    {
        OtherEventBatch batch = await reader.ReadAsync(Cancel);
        Assert.Null(batch.Missing);
        Assert.Null(batch.Trouble);
        return [.. batch.Events.Select(e => e.Id.Value)];
    }

    private async Task<long> SearchesAsync()
    {
        using JsonDocument stats = JsonDocument.Parse(await _cluster.SendAsync(HttpMethod.Get, $"{_prefix}{Stream}/_stats/search"));
        return stats.RootElement.GetProperty("_all").GetProperty("total").GetProperty("search").GetProperty("query_total").GetInt64();
    }
}

[Collection("elasticsearch8")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch8FollowAnotherTests(Elasticsearch8 server) : FollowAnother(server);

[Collection("opensearch2")]
[Trait("Kind", "slow")]
public sealed class OpenSearch2FollowAnotherTests(OpenSearch2 server) : FollowAnother(server);

[Collection("elasticsearch7")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch7FollowAnotherTests(Elasticsearch7 server) : FollowAnother(server);
