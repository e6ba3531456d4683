using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Rows;
using LogView.Client.Discover.Run;
using LogView.Client.Discover.State;
using LogView.Tests.Testing;

namespace LogView.Tests.Discover.Rows;

public sealed class RowReaderTests
{
    [Fact]
    public async Task Want_AfterTheStoreThrew_AsksAgainAndWaitingReadersGoOn()
    {
        TaskCompletionSource<SearchOutcome?> first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        SearchOutcome busy = new(null, new SearchProblem(SearchProblemKind.Unavailable, "The store is busy"));
        int asked = 0;
        var reader = new RowReader(
            RunPlan.Make(DiscoverState.Default, "UTC", SomeHit.Noon).Plan!, (_, _) => asked++ == 0 ? first.Task : Task.FromResult<SearchOutcome?>(busy), _ => { });
        reader.Book.Begin([SomeHit.Of(1)], next: "behind it");
        Task failing = reader.WantAsync(0, 10, TestContext.Current.CancellationToken), waiting = reader.WantAsync(0, 10, TestContext.Current.CancellationToken);

        first.SetException(new IOException("the disk is gone"));

        await Assert.ThrowsAsync<IOException>(() => failing);
        await waiting.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await reader.WantAsync(0, 10, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(2, asked);
    }
}
