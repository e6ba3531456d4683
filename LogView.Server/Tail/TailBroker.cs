using System.Collections.Immutable;
using System.Runtime.InteropServices;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Tail;
using LogView.Server.Wal;

namespace LogView.Server.Tail;

/// <summary>
/// Evaluates every committed event once per distinct query and offers matches to the subscriptions. Evaluation and registration never wait
/// for each other: whoever registers gets the sequence after which it will be offered everything.
/// </summary>
public sealed partial class TailBroker(IWriteAheadLog log, TimeProvider clock, ILogger<TailBroker> logger)
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TailLag _lag = new();
    private readonly List<LogEvent> _matches = new(TailLimits.EvaluationSlice);
    private ImmutableDictionary<string, TailGroup> _groups = ImmutableDictionary<string, TailGroup>.Empty;
    private long _claimed;
    private long _evaluated;

    /// <summary>Everything up to here was looked at.</summary>
    public long Evaluated => Volatile.Read(ref _evaluated);

    /// <summary>Durable events not looked at yet.</summary>
    public long Behind => _opened.Task.IsCompleted ? Math.Max(0, log.DurableSequence - Evaluated) : 0;

    /// <summary>How long the oldest of them has waited.</summary>
    public TimeSpan Lag => _opened.Task.IsCompleted ? _lag.Observe(log.DurableSequence, Evaluated, Timestamp.Now(clock)) : TimeSpan.Zero;

    /// <summary>Completes when the broker knows where the log stands.</summary>
    public Task WhenOpenAsync(CancellationToken cancellationToken) => _opened.Task.WaitAsync(cancellationToken);

    /// <summary>Begins after <paramref name="sequence"/>. Called once, before the first <see cref="Evaluate"/>.</summary>
    internal void Open(long sequence)
    {
        _claimed = _evaluated = sequence;
        TailMetrics.Watch(this);
        _opened.TrySetResult();
    }

    /// <summary>
    /// From now on the subscription is offered every match after the returned sequence, each once and in order, until the registration is
    /// disposed.
    /// </summary>
    public TailRegistration Register(TailQuery query, TailSubscription subscription)
    {
        lock (_lock)
        {
            TailGroup group = _groups.GetValueOrDefault(query.Key) ?? new TailGroup(query, []);
            _groups = _groups.SetItem(query.Key, group with { Subscriptions = group.Subscriptions.Add(subscription) });
            subscription.StartAfter(_claimed);
            return new TailRegistration(_claimed, () => Remove(query.Key, subscription));
        }
    }

    /// <summary>Offers a batch of the log. One caller at a time, in order.</summary>
    internal void Evaluate(CommittedBatch batch)
    {
        for (int at = 0; at < batch.Events.Count; at += TailLimits.EvaluationSlice)
        {
            LogEvent[] slice = [.. batch.Events.Skip(at).Take(TailLimits.EvaluationSlice).Where(e => e.Sequence > _claimed)];
            if (slice.Length > 0)
            {
                EvaluateSlice(slice, batch.CommittedAt);
            }
        }
    }

    private void EvaluateSlice(LogEvent[] slice, Timestamp committedAt)
    {
        ImmutableDictionary<string, TailGroup> groups;
        long before;
        lock (_lock)
        {
            groups = _groups;
            before = _claimed;
            _claimed = slice[^1].Sequence;
        }

        if (slice[0].Sequence > before + 1)
        {
            MarkGap(groups, slice[0]);
        }

        foreach (TailGroup group in groups.Values)
        {
            EvaluateGroup(group, slice, committedAt);
        }

        Volatile.Write(ref _evaluated, slice[^1].Sequence);
    }

    private void EvaluateGroup(TailGroup group, LogEvent[] slice, Timestamp committedAt)
    {
        _matches.Clear();
        try
        {
            _matches.AddRange(slice.Where(group.Query.Matches));
        }
        catch (Exception exception)
        {
            // One query that breaks the matcher must not end the tails of all others.
            EvaluationFailed(logger, exception, group.Subscriptions.Length);
            TailMetrics.Failures.Add(1);
            var problem = new SearchProblem(SearchProblemKind.Unavailable, "The tail stopped: its query could not be evaluated");
            foreach (TailSubscription subscription in group.Subscriptions)
            {
                subscription.Fail(problem);
            }

            return;
        }

        foreach (TailSubscription subscription in group.Subscriptions)
        {
            subscription.Offer(CollectionsMarshal.AsSpan(_matches), slice[^1].Sequence, committedAt);
        }
    }

    private static void MarkGap(ImmutableDictionary<string, TailGroup> groups, LogEvent next)
    {
        var gap = new TailGap("The tail fell so far behind that the log had already released events", null, next.Timestamp.ToString());
        foreach (TailSubscription subscription in groups.Values.SelectMany(g => g.Subscriptions))
        {
            subscription.MarkGap(gap);
        }
    }

    private void Remove(string key, TailSubscription subscription)
    {
        lock (_lock)
        {
            if (_groups.TryGetValue(key, out TailGroup? group))
            {
                ImmutableArray<TailSubscription> rest = group.Subscriptions.Remove(subscription);
                _groups = rest.IsEmpty ? _groups.Remove(key) : _groups.SetItem(key, group with { Subscriptions = rest });
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A query of {Subscriptions} live tails could not be evaluated; they were ended")]
    private static partial void EvaluationFailed(ILogger logger, Exception exception, int subscriptions);

    private sealed record TailGroup(TailQuery Query, ImmutableArray<TailSubscription> Subscriptions);
}

/// <summary>A place in the broker. Disposing it twice is once.</summary>
public sealed class TailRegistration(long liveAfter, Action remove) : IDisposable
{
    private Action? _remove = remove;

    /// <summary>Matches after this sequence are offered.</summary>
    public long LiveAfter { get; } = liveAfter;

    public void Dispose() => Interlocked.Exchange(ref _remove, null)?.Invoke();
}
