using LogView.Client.Contracts.Search;
using LogView.Server.Storage;

namespace LogView.Server.Tail.Others;

/// <summary>
/// The tails of events that reach a shared store past LogView's log. Each is asked for only while somebody watches; where it was is remembered for
/// <see cref="TailLimits.OtherLinger"/> after that. Safe for concurrent use.
/// </summary>
public sealed partial class OtherTails(IOtherEvents? others, TailOptions options, TimeProvider clock, ILogger<OtherTails> logger) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, OtherTail> _tails = new(StringComparer.Ordinal);
    private readonly Dictionary<OtherTail, Task> _polling = [];
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Tails that are asked for now.</summary>
    public int Polling
    {
        get
        {
            lock (_lock)
            {
                return _polling.Count;
            }
        }
    }

    /// <summary>A viewer's part in the tail of its query; null when only LogView writes to the store.</summary>
    /// <param name="query">What is watched.</param>
    /// <param name="subscription">Gets the events.</param>
    /// <param name="resumeAt">Where a viewer that comes back was; null: a new viewer.</param>
    public OtherViewing? Join(TailQuery query, TailSubscription subscription, TailPosition? resumeAt)
    {
        if (others is null)
        {
            return null;
        }

        lock (_lock)
        {
            ForgetOld();
            OtherTail tail = Find(query, resumeAt?.Others) ?? Add(query);
            tail.Join(subscription, resumeAt is null ? null : resumeAt.Value.Others ?? default(OtherPosition), resumeAt?.At ?? default);
            if (!_polling.ContainsKey(tail))
            {
                _polling[tail] = Task.Run(() => RunAsync(tail, _stopping.Token));
            }

            return new OtherViewing(tail, () => tail.Leave(subscription));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        Task[] polling;
        lock (_lock)
        {
            polling = [.. _polling.Values];
        }

        await Task.WhenAll(polling);
        _stopping.Dispose();
    }

    /// <summary>The tail that the viewer was in, if it is of the same query and rights; else one of the same query.</summary>
    private OtherTail? Find(TailQuery query, OtherPosition? position) =>
        _tails.Values.FirstOrDefault(
            t => string.Equals(t.Id, position?.Tail, StringComparison.Ordinal) && string.Equals(t.Query.LastingKey, query.LastingKey, StringComparison.Ordinal))
        ?? _tails.GetValueOrDefault(query.Key);

    private OtherTail Add(TailQuery query) => _tails[query.Key] = new OtherTail(query, others!.Follow(query.ToSearch()), clock);

    private void ForgetOld()
    {
        OtherTail[] idle = [.. _tails.Values.Where(t => !t.IsWatched && !_polling.ContainsKey(t)).OrderBy(t => t.LeftAt)];
        int surplus = idle.Length - TailLimits.LingeringOthers;
        foreach (OtherTail tail in idle.Where((t, i) => i < surplus || clock.GetElapsedTime(t.LeftAt) > TailLimits.OtherLinger))
        {
            _tails.Remove(tail.Query.Key);
        }
    }

    private async Task RunAsync(OtherTail tail, CancellationToken stopping)
    {
        TimeSpan retry = options.RetryDelay;
        while (!stopping.IsCancellationRequested && !IsDone(tail))
        {
            TimeSpan pause;
            try
            {
                pause = await tail.PollOnceAsync(options.OtherInterval, stopping);
                retry = options.RetryDelay;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                tail.Fail(Sentence(exception));
                (pause, retry) = (retry, retry * 2 < TailLimits.MaxOtherRetry ? retry * 2 : TailLimits.MaxOtherRetry);
            }

            await tail.WaitAsync(pause, stopping);
        }
    }

    private string Sentence(Exception exception)
    {
        TailMetrics.Failures.Add(1);
        if (exception is SearchUnavailableException)
        {
            return exception.Message;
        }

        PollingFailed(logger, exception);
        return "Events of others cannot be read; LogView's log says why, and it tries again";
    }

    /// <summary>Decided under the lock, so that a viewer who joins meanwhile begins the polling anew.</summary>
    private bool IsDone(OtherTail tail)
    {
        lock (_lock)
        {
            return !tail.IsWatched && _polling.Remove(tail);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What others write to the store could not be read for a live tail; it is tried again")]
    private static partial void PollingFailed(ILogger logger, Exception exception);
}

/// <summary>One viewer's part in a tail of others. Disposing it twice is once.</summary>
public sealed class OtherViewing(OtherTail tail, Action leave) : IDisposable
{
    private Action? _leave = leave;

    public OtherTail Tail { get; } = tail;

    public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
}
