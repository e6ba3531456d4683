using System.Collections.Concurrent;
using System.Diagnostics;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Server.Storage;

namespace LogView.Tests.Conformance;

/// <summary>Readers see whole batches and never wait; cancelled work ends; progress grows.</summary>
public abstract class ConcurrencyConformance : FieldListConformance
{
    [Fact]
    public async Task Search_WhileWriting_SeesWholeBatchesAndGrows()
    {
        const int batches = 150, size = 20;
        using var done = new CancellationTokenSource();
        Task<int>[] readers = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() => ReadUntilAsync(size, done.Token)))];
        for (int b = 0; b < batches; b++)
        {
            await WriteAsync([.. Enumerable.Range(0, size).Select(i => Event(new Timestamp(b * 1_000 + i), $$"""{"batch":{{b}},"n":1}"""))]);
            await Task.Yield();
        }

        await done.CancelAsync();

        Assert.All(await Task.WhenAll(readers), reads => Assert.True(reads > 0));
        Assert.Equal(batches * size, (await SearchAsync(All)).Total!.Value.Value);
    }

    [Fact]
    public async Task Write_FromSeveralThreadsInOrder_LosesNothing()
    {
        using var turn = new SemaphoreSlim(1);
        await Parallel.ForAsync(0, 40, Cancel, async (_, cancel) =>
        {
            await turn.WaitAsync(cancel);
            try
            {
                await Store.WriteAsync([.. Events("{}", "{}", "{}")], cancel);
            }
            finally
            {
                turn.Release();
            }
        });

        Assert.Equal(120, (await SearchAsync(All)).Total!.Value.Value);
    }

    [Fact]
    public async Task Search_CancelledBefore_Throws()
    {
        await WriteAsync("{}");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.SearchAsync(All, progress: null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Search_CancelledWhileRunning_EndsWithinHalfASecond()
    {
        string text = string.Join(' ', Enumerable.Range(0, 40).Select(i => $"word{i}"));
        for (int b = 0; b < 20; b++)
        {
            await WriteAsync([.. Enumerable.Range(0, 1_000).Select(i => Event(new Timestamp(b * 1_000 + i), $$"""{"message":"{{text}} {{i}}","k":"{{i}}"}"""))]);
        }

        StoreSearch slow = All with
        {
            Query = Query("message: /(word1|word2)+ .*word39 [0-9]*7$/ or message: /a.*b.*c.*d/"),
            Sort = [new SortField("k", SortOrder.Asc)],
            Aggregations = Plan(("k", new TermsAggregation("k", 1_000) { Aggregations = Children(("p", new PercentilesAggregation("k", [50]))) })),
        };
        using var cancel = new CancellationTokenSource();
        Task<SearchResult> running = Store.SearchAsync(slow, progress: null, cancel.Token);
        var watch = Stopwatch.StartNew();
        await cancel.CancelAsync();

        try
        {
            await running;
        }
        catch (OperationCanceledException)
        {
            // Expected unless the search was faster than the cancellation.
        }

        Assert.InRange(watch.ElapsedMilliseconds, 0, 500);
    }

    [Fact]
    public async Task Search_Progress_GrowsAndNeverComesAfterTheAnswer()
    {
        await WriteAsync([.. Enumerable.Range(0, 5_000).Select(i => Event(new Timestamp(i), """{"k":"a"}"""))]);
        var reports = new ConcurrentQueue<SearchResult>();

        SearchResult result = await Store.SearchAsync(
            All with { Size = 10, Aggregations = Plan(("t", new DateHistogramAggregation(new HistogramInterval.Auto(10)))) }, new Recorder(reports), Cancel);
        int before = reports.Count;

        Assert.True(before >= 1);
        Assert.All(reports, r => Assert.Equal(SearchStatus.Partial, r.Status));
        Assert.All(reports.Zip(reports.Skip(1)), pair => Assert.True(pair.First.Total!.Value.Value <= pair.Second.Total!.Value.Value));
        Assert.Equal(Ids(result), Ids(reports.Last()));
        Assert.Equal(SearchStatus.Complete, result.Status);
        Assert.Equal(5_000, result.Total!.Value.Value);
        await SearchAsync(All);
        Assert.Equal(before, reports.Count);
    }

    [Fact]
    public async Task Search_PartsOfOneAnswer_AgreeWhileEventsArrive()
    {
        using var done = new CancellationTokenSource();
        Task writer = Task.Run(
            async () =>
            {
                for (int i = 0; i < 400 && !done.IsCancellationRequested; i++)
                {
                    await WriteAsync(Event(new Timestamp(i), """{"k":"a","n":1}"""));
                }
            },
            Cancel);
        for (int i = 0; i < 30; i++)
        {
            SearchResult result = await SearchAsync(All with
            {
                Size = 10_000,
                Aggregations = Plan(("k", new TermsAggregation("k")), ("n", new MetricAggregation(MetricKind.Sum, "n")), ("c", new MetricAggregation(MetricKind.Count, null))),
            });
            long total = result.Total!.Value.Value;

            Assert.Equal(total, result.Hits.Count);
            Assert.Equal(total, Assert.IsType<BucketsResult>(result.Aggregations["k"]).Buckets.Sum(b => b.Count));
            Assert.Equal(total, Assert.IsType<MetricResult>(result.Aggregations["n"]).Value);
            Assert.Equal(total, Assert.IsType<MetricResult>(result.Aggregations["c"]).Value);
        }

        await done.CancelAsync();
        await writer;
    }

    private async Task<int> ReadUntilAsync(int batchSize, CancellationToken done)
    {
        long last = 0;
        int reads = 0;
        while (reads == 0 || !done.IsCancellationRequested)
        {
            SearchResult result = await SearchAsync(All with { Size = 1, Aggregations = Plan(("n", new MetricAggregation(MetricKind.Sum, "n"))) });
            long total = result.Total!.Value.Value;
            Assert.Equal(0, total % batchSize);
            Assert.True(total >= last, $"{total} after {last}");
            Assert.Equal(total, Assert.IsType<MetricResult>(result.Aggregations["n"]).Value);
            last = total;
            reads++;
        }

        return reads;
    }

    private sealed class Recorder(ConcurrentQueue<SearchResult> reports) : IProgress<SearchResult>
    {
        public void Report(SearchResult value) => reports.Enqueue(value);
    }
}
