using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Tail;
using LogView.Client.Hubs;
using LogView.Tests.Testing;

namespace LogView.Tests.Tail;

/// <summary>A program that follows the hub with the typed client and keeps what it got. Checks at each batch that the counts add up.</summary>
internal sealed class TailFollower : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TailClient _client;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _following;
    private readonly Lock _lock = new();
    private readonly List<(Func<TailFollower, bool> Condition, TaskCompletionSource Met)> _waits = [];

    public TailFollower(string address, TailRequest request, string key = LogViewServer.AdminKey)
    {
        _client = new TailClient(new TailClientOptions
        {
            Address = new Uri(address), ApiKey = key, RetryDelays = [TimeSpan.FromMilliseconds(20)], ServerTimeout = TimeSpan.FromSeconds(5),
            OnInterrupted = (_, _) => Interruptions++,
        });
        _following = FollowAsync(request);
    }

    public List<TailRow> Rows { get; } = [];

    public List<TailGap> Gaps { get; } = [];

    public int Batches { get; private set; }

    public int LargestBatch { get; private set; }

    public int Interruptions { get; private set; }

    public bool HadBackfill { get; private set; }

    public SearchProblem? Problem { get; private set; }

    public TailStatus Status { get; private set; } = new(0, 0, 0, 0, "");

    public async Task<TailFollower> UntilAsync(Func<TailFollower, bool> condition)
    {
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (condition(this))
            {
                return this;
            }

            _waits.Add((condition, met));
        }

        Task first = await Task.WhenAny(met.Task, _following).WaitAsync(Patience);
        if (first == _following)
        {
            await _following;
            Assert.True(condition(this), $"The tail ended at {Status}");
        }

        return this;
    }

    public Task<TailFollower> LiveAsync() => UntilAsync(f => f.HadBackfill);

    public Task<TailFollower> MatchedAsync(long events) => UntilAsync(f => f.Status.Matched >= events);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _client.DisposeAsync();
        _end.Dispose();
    }

    private async Task FollowAsync(TailRequest request)
    {
        await foreach (TailMessage message in _client.SubscribeAsync(request, _end.Token))
        {
            lock (_lock)
            {
                Take(message);
                foreach ((Func<TailFollower, bool> condition, TaskCompletionSource met) in _waits.Where(w => w.Condition(this)))
                {
                    met.TrySetResult();
                }
            }
        }
    }

    private void Take(TailMessage message)
    {
        Problem = message.Problem;
        if (message.Batch is not { } batch)
        {
            return;
        }

        Rows.AddRange(batch.Rows);
        Batches++;
        LargestBatch = batch.IsBackfill ? LargestBatch : Math.Max(LargestBatch, batch.Rows.Count);
        HadBackfill |= batch.IsBackfill;
        Status = batch.Status;
        Assert.Equal(Status.Matched, Status.Shown + Status.LeftOut);
        Assert.Equal(Rows.Count, Status.Shown);
        if (Status.Gap is { } gap)
        {
            Gaps.Add(gap);
        }
    }
}
