using System.Globalization;
using System.Net;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Tail;
using LogView.Server.Tail;
using LogView.Server.Wal;
using LogView.Tests.Testing;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace LogView.Tests.Tail;

/// <summary>The hub of the whole program, with real connections.</summary>
public sealed class TailHubTests : IAsyncLifetime
{
    private LogViewServer _server = null!;
    private int _appended;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await LogViewServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Subscribe_Backfill_ThenLive_GivesEachEventOnce()
    {
        await AppendAsync(20);
        await using var follower = new TailFollower(_server.Url, new() { Query = "n >= 5", Backfill = 10, Columns = ["n", "none"] });
        await follower.LiveAsync();

        await AppendAsync(5);
        await follower.MatchedAsync(15);

        Assert.Equal(Enumerable.Range(11, 15).Select(n => n.ToString(CultureInfo.InvariantCulture)), follower.Rows.Select(r => r.Values[0]));
        Assert.Equal((15, 15, 0, 10), (follower.Status.Matched, follower.Status.Shown, follower.Status.LeftOut, follower.Status.Backfilled));
        Assert.All(follower.Rows, r => Assert.Null(r.Values[1]));
    }

    [Fact]
    public async Task Subscribe_BadQuery_ComesAsAValueWithItsPlace()
    {
        await using var follower = new TailFollower(_server.Url, new() { Query = "level: (" });

        await follower.UntilAsync(f => f.Problem is not null);

        Assert.Equal(SearchProblemKind.BadQuery, follower.Problem!.Kind);
        Assert.Equal(1, follower.Problem.Query!.Line);
    }

    [Fact]
    public async Task Subscribe_UnknownKey_IsRefusedWithoutTryingAgain()
    {
        await using var follower = new TailFollower(_server.Url, new(), key: "not-a-key");

        await follower.UntilAsync(f => f.Problem is not null);

        Assert.Equal((SearchProblemKind.Forbidden, 0), (follower.Problem!.Kind, follower.Interruptions));
    }

    [Fact]
    public async Task Negotiate_WithoutAKey_Is401()
    {
        using HttpResponseMessage answer = await _server.Anonymous.PostAsync("/hubs/tail/negotiate?negotiateVersion=1", null, Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Subscribe_JsonProtocol_SpeaksTheSame()
    {
        await using HubConnection connection = new HubConnectionBuilder()
            .WithUrl(new Uri(_server.Url + TailHub.Path), o => o.Headers["Authorization"] = $"ApiKey {LogViewServer.AdminKey}").Build();
        await connection.StartAsync(Cancel);
        await AppendAsync(3);

        // As a program in another language would write it.
        var request = new { query = "n: 2", language = "lucene", filters = new[] { new { field = "n", @is = "2" } } };
        await foreach (System.Text.Json.JsonElement message in connection.StreamAsync<System.Text.Json.JsonElement>("Subscribe", request, Cancel))
        {
            Assert.Equal("event 2", message.GetProperty("batch").GetProperty("rows")[0].GetProperty("message").GetString());
            break;
        }
    }

    [Fact]
    public async Task Subscribe_NewQueryOnTheSameConnection_FollowsBothUntilOneEnds()
    {
        await using HubConnection connection = new HubConnectionBuilder()
            .WithUrl(new Uri(_server.Url + TailHub.Path), o => o.Headers["Authorization"] = $"ApiKey {LogViewServer.AdminKey}")
            .AddMessagePackProtocol().Build();
        await connection.StartAsync(Cancel);
        using var endFirst = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        IAsyncEnumerator<TailMessage> first = connection.StreamAsync<TailMessage>("Subscribe", new TailRequest { Query = "n: 1" }, endFirst.Token).GetAsyncEnumerator(Cancel);
        Assert.True(await first.MoveNextAsync());

        IAsyncEnumerator<TailMessage> second = connection.StreamAsync<TailMessage>("Subscribe", new TailRequest { Query = "n: 2" }, Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await second.MoveNextAsync());
        await AppendAsync(2);
        Assert.Equal("event 1", (await NextRowAsync(first)).Message);
        await endFirst.CancelAsync();

        Assert.Equal("event 2", (await NextRowAsync(second)).Message);
        await second.DisposeAsync();
    }

    [Fact]
    [Trait("Kind", "slow")]
    public async Task Subscribe_AThousandEventsASecond_CountsExactly()
    {
        await using var eyes = new TailFollower(_server.Url, new());
        await using var program = new TailFollower(_server.Url, new() { Complete = true });
        await using var errors = new TailFollower(_server.Url, new() { Query = "log.level: error", Complete = true });
        await Task.WhenAll(eyes.LiveAsync(), program.LiveAsync(), errors.LiveAsync());

        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (int n = 0; n < 100; n++)
        {
            await tick.WaitForNextTickAsync(Cancel);
            await AppendAsync(50);
        }

        await Task.WhenAll(eyes.MatchedAsync(5_000), program.MatchedAsync(5_000), errors.MatchedAsync(500));
        Assert.Equal((5_000, 5_000, 0), (program.Status.Matched, program.Status.Shown, program.Status.LeftOut));
        Assert.Equal(Enumerable.Range(1, 5_000).Select(n => (long)n), program.Rows.Select(r => r.Sequence));
        Assert.Equal((500, 500, 0), (errors.Status.Matched, errors.Status.Shown, errors.Status.LeftOut));
        Assert.Equal(5_000, eyes.Status.Matched);
        Assert.InRange(eyes.LargestBatch, 1, TailLimits.CatchUpRows);
        Assert.Distinct(eyes.Rows.Select(r => r.Sequence));
    }

    [Fact]
    [Trait("Kind", "slow")]
    public async Task Subscribe_ConnectionCutAgainAndAgain_ResumesWithoutLossOrRepeat()
    {
        await using var proxy = new TcpProxy(_server.Url);
        await using var follower = new TailFollower(proxy.Address.ToString(), new() { Complete = true });
        await follower.LiveAsync();

        for (int n = 1; n <= 10; n++)
        {
            await AppendAsync(300);
            await follower.MatchedAsync(n * 600 - 400);
            proxy.Cut(refuseNew: true);
            await AppendAsync(300);
            proxy.Repair();
        }

        await follower.MatchedAsync(6_000);
        Assert.Equal(Enumerable.Range(1, 6_000).Select(n => (long)n), follower.Rows.Select(r => r.Sequence));
        Assert.Equal((6_000, 6_000, 0), (follower.Status.Matched, follower.Status.Shown, follower.Status.LeftOut));
        Assert.Empty(follower.Gaps);
        Assert.True(follower.Interruptions >= 10, $"{follower.Interruptions} interruptions");
    }

    [Fact]
    [Trait("Kind", "slow")]
    public async Task Subscribe_ServerRestarts_ResumesWithoutLossOrRepeat()
    {
        await using var proxy = new TcpProxy(_server.Url);
        await using var follower = new TailFollower(proxy.Address.ToString(), new() { Complete = true });
        await follower.LiveAsync();
        await AppendAsync(100);
        await follower.MatchedAsync(100);

        proxy.Cut(refuseNew: true);
        await AppendAsync(100);
        await _server.RestartAsync();
        await AppendAsync(100);
        proxy.Redirect(_server.Url);
        await follower.MatchedAsync(300);

        Assert.Equal(Enumerable.Range(1, 300).Select(n => (long)n), follower.Rows.Select(r => r.Sequence));
        Assert.Empty(follower.Gaps);
    }

    [Fact]
    [Trait("Kind", "slow")]
    public async Task Subscribe_OneStuckViewerAmongTen_HarmsNobody()
    {
        await using var proxy = new TcpProxy(_server.Url);
        await using var stuck = new TailFollower(proxy.Address.ToString(), new() { Complete = true });
        TailFollower[] others = [.. Enumerable.Range(0, 9).Select(_ => new TailFollower(_server.Url, new() { Complete = true }))];
        await Task.WhenAll(others.Append(stuck).Select(f => f.LiveAsync()));

        proxy.Stall();
        const int Events = 60_000;
        for (int n = 0; n < Events / 1_000; n++)
        {
            await AppendAsync(1_000, padding: 400);
            await Task.WhenAll(others.Select(f => f.MatchedAsync(1_000 * (n + 1))));
        }

        long seenWhileStuck = stuck.Status.Matched;
        Assert.All(others, f => Assert.Equal((Events, Events, 0L, 0), (f.Status.Matched, f.Status.Shown, f.Status.LeftOut, f.Interruptions)));
        Assert.True(seenWhileStuck < Events, "The stuck viewer was not stuck");
        proxy.Unstall();
        await stuck.MatchedAsync(Events);
        Assert.Equal(Events, stuck.Status.Shown + stuck.Status.LeftOut);
        Assert.Distinct(stuck.Rows.Select(r => r.Sequence));
        foreach (TailFollower follower in others)
        {
            await follower.DisposeAsync();
        }
    }

    private static async Task<TailRow> NextRowAsync(IAsyncEnumerator<TailMessage> messages)
    {
        while (await messages.MoveNextAsync())
        {
            if (messages.Current.Batch is { Rows: [var row, ..] })
            {
                return row;
            }
        }

        throw new InvalidOperationException("The tail ended");
    }

    /// <summary>Acknowledged events as receivers write them; every tenth is an error.</summary>
    private async Task AppendAsync(int count, int padding = 0)
    {
        LogEvent[] events = [.. Enumerable.Range(_appended + 1, count).Select(n => TailBench.Event(n, n % 10 == 0 ? "error" : "info", padding: padding))];
        _appended += count;
        await _server.Services.GetRequiredService<IWriteAheadLog>().AppendAsync(events, Cancel);
    }
}
