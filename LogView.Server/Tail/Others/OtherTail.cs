using System.Collections.Immutable;
using System.Security.Cryptography;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Tail;
using LogView.Server.Storage;

namespace LogView.Server.Tail.Others;

/// <summary>
/// What others write and one query wants, asked of the store while somebody watches, and shared by all who watch it. Counts what it finds, so that a viewer who comes back
/// goes on where it was. Safe for concurrent use.
/// </summary>
public sealed class OtherTail(TailQuery query, IOtherEventReader reader, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Queue<OtherEvent> _recent = new();
    /// <summary>Viewers that missed something if there are others, which only a poll tells.</summary>
    private readonly List<(TailSubscription Viewer, TailGap Gap)> _supposed = [];

    private readonly Timestamp _createdAt = Timestamp.Now(clock);
    private ImmutableArray<TailSubscription> _viewers = [];
    private TaskCompletionSource _nextPoll = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _recentBytes;
    private long _number;
    private long _forgotten;
    private (long At, TailGap Gap)? _lastGap;
    private string? _trouble;
    private TimeSpan? _interval;
    private bool _hasBegun;

    /// <summary>Told to viewers in their position; random, so that no other tail's is taken for it.</summary>
    public string Id { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(OtherPosition.IdLength / 2));

    public TailQuery Query => query;

    /// <summary>When the last viewer left, as a timestamp of the clock.</summary>
    public long LeftAt { get; private set; } = clock.GetTimestamp();

    public bool IsWatched => !_viewers.IsEmpty;

    /// <summary>How others are followed now; null when nobody else writes what is wanted.</summary>
    public TailOthers? Status
    {
        get
        {
            lock (_lock)
            {
                return _interval is { } interval || _trouble is not null ? new TailOthers((long)(_interval ?? default).TotalMilliseconds, _trouble) : null;
            }
        }
    }

    /// <summary>
    /// From now on the subscription is offered every event found, each once and in order: those behind <paramref name="from"/> first, as far as they are remembered;
    /// otherwise it gets a gap.
    /// </summary>
    /// <param name="subscription">Of one viewer.</param>
    /// <param name="from">Where a viewer that comes back was, in any tail; null: a new viewer.</param>
    /// <param name="since">When that was.</param>
    public void Join(TailSubscription subscription, OtherPosition? from, Timestamp since)
    {
        lock (_lock)
        {
            bool isKnown = from is { } place && string.Equals(place.Tail, Id, StringComparison.Ordinal) && place.Number <= _number;
            long after = isKnown ? Math.Max(from!.Value.Number, _forgotten) : _number;
            subscription.StartOthersAfter(after);
            if (from is { } old && (!isKnown || old.Number < _forgotten))
            {
                _supposed.Add((subscription, new TailGap(Unremembered(isKnown), since.ToString(), Timestamp.Now(clock).ToString())));
            }
            else if (from is not null && _lastGap is { } gap && gap.At >= after)
            {
                subscription.MarkGap(gap.Gap);
            }

            if (isKnown)
            {
                subscription.OfferOthers([.. _recent.Where(e => e.Number > after)], _number, Timestamp.Now(clock));
            }

            _viewers = _viewers.Add(subscription);
        }
    }

    public void Leave(TailSubscription subscription)
    {
        lock (_lock)
        {
            _viewers = _viewers.Remove(subscription);
            LeftAt = clock.GetTimestamp();
        }
    }

    /// <summary>Asks the store at once; completes when that was tried.</summary>
    public Task PollAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _wake.TrySetResult();
            return _nextPoll.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Asks the store once. Answers how long to wait until the next time. Throws what the reader throws; nothing is lost then.</summary>
    public async Task<TimeSpan> PollOnceAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        TaskCompletionSource polled;
        lock (_lock)
        {
            (polled, _nextPoll) = (_nextPoll, new(TaskCreationOptions.RunContinuationsAsynchronously));
            _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        try
        {
            OtherEventBatch batch = await reader.ReadAsync(cancellationToken);
            TimeSpan pause = TailLimits.OtherInterval(interval, batch.Parts);
            Take(batch, pause);
            return batch.HasMore ? TimeSpan.Zero : pause;
        }
        finally
        {
            polled.TrySetResult();
        }
    }

    /// <summary>The store does not answer.</summary>
    public void Fail(string trouble)
    {
        lock (_lock)
        {
            _trouble = trouble;
        }
    }

    /// <summary>Waits until it is time for the next poll, or a viewer asks for one.</summary>
    public async Task WaitAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        Task wake;
        lock (_lock)
        {
            wake = _wake.Task;
        }

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(wake, Task.Delay(pause, clock, enough.Token));
        await enough.CancelAsync();
    }

    private void Take(OtherEventBatch batch, TimeSpan interval)
    {
        Timestamp now = Timestamp.Now(clock);
        lock (_lock)
        {
            string? missing = _hasBegun || _trouble is null || batch.Parts == 0 ? batch.Missing : $"Events of others could not be followed at first: {_trouble}";
            OtherEvent[] events = [.. batch.Events.Select(e => new OtherEvent(++_number, e))];
            Remember(events);
            if (missing is not null)
            {
                _lastGap = (_number - events.Length, new TailGap(missing, _hasBegun ? null : _createdAt.ToString(), now.ToString()));
            }

            foreach ((TailSubscription viewer, TailGap gap) in batch.Parts == 0 ? [] : _supposed)
            {
                viewer.MarkGap(gap);
            }

            _supposed.Clear();
            foreach (TailSubscription viewer in _viewers)
            {
                if (missing is not null)
                {
                    viewer.MarkGap(_lastGap!.Value.Gap);
                }

                viewer.OfferOthers(events, _number, now);
            }

            (_interval, _trouble, _hasBegun) = (batch.Parts == 0 ? null : interval, batch.Trouble, true);
        }
    }

    private void Remember(OtherEvent[] events)
    {
        foreach (OtherEvent one in events)
        {
            _recent.Enqueue(one);
            _recentBytes += one.Event.Source.Length;
            while (_recent.Count > TailLimits.RememberedOthers || (_recentBytes > TailLimits.RememberedOtherBytes && _recent.Count > 1))
            {
                OtherEvent oldest = _recent.Dequeue();
                _recentBytes -= oldest.Event.Source.Length;
                _forgotten = oldest.Number;
            }
        }
    }

    private static string Unremembered(bool isKnown) => isKnown
        ? $"Too far behind: of the events of others only the newest {TailLimits.RememberedOthers:N0} are remembered for viewers that come back"
        : "LogView has not followed the events of others since then";
}
