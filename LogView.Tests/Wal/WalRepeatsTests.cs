using LogView.Server.Wal;
using LogView.Tests.Platform;

namespace LogView.Tests.Wal;

public sealed class WalRepeatsTests : IDisposable
{
    private readonly WalFixture _fixture = new(new FaultyFileSystem());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Repeat_NotIndexedYet_IsToldFromAnotherEvent()
    {
        await _fixture.Log.AppendAsync([WalFixture.Event("a", id: "1")], Cancel);

        AppendResult result = await _fixture.Log.AppendAsync([WalFixture.Event("a", id: "1"), WalFixture.Event("other", id: "1")], Cancel);

        Assert.Equal([AppendStatus.AlreadyThere, AppendStatus.Conflict], result.Statuses);
        Assert.Equal((1, 1), (result.LastSequence, _fixture.Log.DurableSequence));
    }

    [Fact]
    public async Task Repeat_Indexed_IsAskedOfTheStore()
    {
        await _fixture.Log.AppendAsync([WalFixture.Event("a", id: "1")], Cancel);
        _fixture.Known.Index(await WalFixture.ReadAllAsync(_fixture.Log));
        await _fixture.Log.AppendAsync([WalFixture.Event("b", id: "2")], Cancel);

        AppendResult result = await _fixture.Log.AppendAsync(
            [WalFixture.Event("a", id: "1"), WalFixture.Event("a", id: "1"), WalFixture.Event("other", id: "1"), WalFixture.Event("c", id: "3")], Cancel);

        Assert.Equal([AppendStatus.AlreadyThere, AppendStatus.AlreadyThere, AppendStatus.Conflict, AppendStatus.Stored], result.Statuses);
        Assert.Equal(3, result.LastSequence);
    }

    [Fact]
    public async Task Repeat_InTheSameCall_OnlyTheFirstIsStored()
    {
        AppendResult result = await _fixture.Log.AppendAsync(
            [WalFixture.Event("a", id: "1"), WalFixture.Event("a", id: "1"), WalFixture.Event("b", id: "1")], Cancel);

        Assert.Equal([AppendStatus.Stored, AppendStatus.AlreadyThere, AppendStatus.Conflict], result.Statuses);
        Assert.Equal(["a"], (await WalFixture.ReadAllAsync(_fixture.Log)).Select(WalFixture.TextOf));
    }

    [Fact]
    public async Task Repeat_AfterReopen_IsStillTold()
    {
        await _fixture.Log.AppendAsync([WalFixture.Event("a", id: "1"), WalFixture.Event("made")], Cancel);
        _fixture.Log.Dispose();

        using WriteAheadLog reopened = _fixture.Open();
        AppendResult result = await reopened.AppendAsync([WalFixture.Event("a", id: "1"), WalFixture.Event("made")], Cancel);

        Assert.Equal([AppendStatus.AlreadyThere, AppendStatus.Stored], result.Statuses);
    }

    [Fact]
    public async Task Repeat_InAnotherDataStream_IsAnotherEvent()
    {
        AppendResult result = await _fixture.Log.AppendAsync(
            [WalFixture.Event("a", id: "1", stream: "logs-a-default"), WalFixture.Event("a", id: "1", stream: "logs-b-default")], Cancel);

        Assert.Equal([AppendStatus.Stored, AppendStatus.Stored], result.Statuses);
    }

    [Fact]
    public async Task MadeIds_AreNeverAskedFor()
    {
        await _fixture.Log.AppendAsync([WalFixture.Event("a"), WalFixture.Event("b")], Cancel);

        Assert.Equal(0, _fixture.Known.Questions);
    }

    [Fact]
    public async Task SameId_FromManyAtOnce_ExactlyOneWins()
    {
        const int Callers = 8, Ids = 40;
        Task<AppendResult>[] calls =
        [
            .. Enumerable.Range(0, Callers).Select(c => Task.Run(
                () => _fixture.Log.AppendAsync(
                    [.. Enumerable.Range(0, Ids).Select(i => WalFixture.Event($"event {(c % 2 == 0 ? i : Ids - 1 - i)}", id: $"{(c % 2 == 0 ? i : Ids - 1 - i)}"))], Cancel),
                Cancel)),
        ];

        AppendResult[] results = await Task.WhenAll(calls);

        Assert.Equal(Ids, results.Sum(r => r.Statuses.Count(s => s == AppendStatus.Stored)));
        Assert.DoesNotContain(results.SelectMany(r => r.Statuses), s => s == AppendStatus.Conflict);
        Assert.Equal(Ids, (await WalFixture.ReadAllAsync(_fixture.Log)).Select(e => e.Id).Distinct().Count());
    }

    [Fact]
    public async Task Store_CannotAnswer_RefusesAndForgetsTheClaim()
    {
        _fixture.Known.Failure = new IOException("cluster away");
        var refused = await Assert.ThrowsAsync<WalUnavailableException>(() => _fixture.Log.AppendAsync([WalFixture.Event("a", id: "1")], Cancel));
        _fixture.Known.Failure = null;

        AppendResult result = await _fixture.Log.AppendAsync([WalFixture.Event("a", id: "1")], Cancel);

        Assert.Equal(WalUnavailableReason.Store, refused.Reason);
        Assert.Equal(AppendStatus.Stored, result.Statuses[0]);
    }
}
