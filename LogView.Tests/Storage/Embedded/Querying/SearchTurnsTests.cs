using System.Collections.Concurrent;
using LogView.Server.Storage.Embedded.Querying;

namespace LogView.Tests.Storage.Embedded.Querying;

public sealed class SearchTurnsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Take_LongSearchAndShortOne_TheShortOneIsNextAfterThePieceUnderWay()
    {
        using var turns = new SearchTurns(1);
        using var pieceUnderWay = new ManualResetEventSlim();
        using var shortIsWaiting = new ManualResetEventSlim();
        var order = new ConcurrentQueue<string>();
        Task longSearch = Task.Run(
            async () =>
            {
                for (int piece = 0; piece < 50; piece++)
                {
                    await turns.TakeAsync(
                        () =>
                        {
                            order.Enqueue("long");
                            pieceUnderWay.Set();
                            shortIsWaiting.Wait(Cancel);
                        },
                        Cancel);
                }
            },
            Cancel);
        pieceUnderWay.Wait(Cancel);

        Task shortSearch = turns.TakeAsync(() => order.Enqueue("short"), Cancel);
        shortIsWaiting.Set();
        await shortSearch;
        await longSearch;

        Assert.Equal(["long", "short", "long"], order.Take(3));
        Assert.Equal(51, order.Count);
    }

    [Fact]
    public async Task Take_CancelledWhileWaiting_LeavesTheTurnToOthers()
    {
        using var turns = new SearchTurns(1);
        using var done = new ManualResetEventSlim();
        using var cancel = new CancellationTokenSource();
        using var isHeld = new ManualResetEventSlim();
        Task holder = Task.Run(
            () => turns.TakeAsync(
                () =>
                {
                    isHeld.Set();
                    done.Wait(Cancel);
                },
                Cancel),
            Cancel);
        isHeld.Wait(Cancel);
        Task waiter = turns.TakeAsync(() => { }, cancel.Token);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiter);
        done.Set();
        await holder;

        await turns.TakeAsync(() => { }, Cancel);
    }
}
