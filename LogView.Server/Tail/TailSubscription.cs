using System.Threading.Channels;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Tail;
using LogView.Server.Tail.Others;

namespace LogView.Server.Tail;

/// <summary>
/// What waits for one viewer, with exact counts. The broker and a replay offer, the viewer's own pump takes. Offering never waits: past the
/// bounds the oldest events go and are counted. Safe for concurrent use.
/// </summary>
/// <param name="complete">For a program: nothing is sampled (<see cref="TailRequest.Complete"/>).</param>
public sealed class TailSubscription(bool complete)
{
    private readonly Lock _lock = new();
    private readonly Queue<TailedEvent> _queue = new();
    private readonly Channel<bool> _signal =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly int _maxEvents = complete ? TailLimits.CompleteBacklogEvents : TailLimits.BacklogEvents;
    private long _bytes;
    private long _matched;
    private long _shown;
    private long _leftOut;
    private long _backfilled;
    private long _settled;
    private long _through;
    private long _otherSettled;
    private long _otherThrough;
    private int _othersQueued;
    private HashSet<(string DataStream, string Id)> _backfilledOthers = [];
    private TailGap? _gap;

    /// <summary>Why the subscription cannot go on; null while it can.</summary>
    public SearchProblem? Failure { get; private set; }

    /// <summary>Events up to <paramref name="sequence"/> are not offered any more: they were seen before, or come as backfill.</summary>
    public void StartAfter(long sequence)
    {
        lock (_lock)
        {
            _settled = Math.Max(_settled, sequence);
            _through = Math.Max(_through, sequence);
        }
    }

    /// <summary>Matching events in order; everything up to <paramref name="through"/> has been looked at.</summary>
    public void Offer(ReadOnlySpan<LogEvent> matches, long through, Timestamp committedAt)
    {
        int added = 0;
        lock (_lock)
        {
            foreach (LogEvent match in matches)
            {
                if (match.Sequence > _through)
                {
                    _queue.Enqueue(new TailedEvent(match, committedAt));
                    _bytes += Size(match);
                    added++;
                    TrimToBounds();
                }
            }

            _matched += added;
            _through = Math.Max(_through, through);
        }

        if (added > 0)
        {
            TailMetrics.Matched.Add(added);
            _signal.Writer.TryWrite(true);
        }
    }

    /// <summary>The same as <see cref="StartAfter"/> for events of others, which have numbers of their own.</summary>
    public void StartOthersAfter(long number)
    {
        lock (_lock)
        {
            (_otherSettled, _otherThrough) = (number, number);
        }
    }

    /// <summary>Events of others that match, in order; everything up to <paramref name="through"/> has been looked at.</summary>
    public void OfferOthers(IReadOnlyList<OtherEvent> matches, long through, Timestamp now)
    {
        int added = 0;
        lock (_lock)
        {
            foreach (OtherEvent match in matches.Where(m => m.Number > _otherThrough && !_backfilledOthers.Contains(KeyOf(m.Event))))
            {
                Timestamp at = match.Event.Timestamp < now ? match.Event.Timestamp : now;
                _queue.Enqueue(new TailedEvent(match.Event, at) { OtherNumber = match.Number });
                _bytes += Size(match.Event);
                _othersQueued++;
                added++;
                TrimToBounds();
            }

            _matched += added;
            _otherThrough = Math.Max(_otherThrough, through);
        }

        if (added > 0)
        {
            TailMetrics.Matched.Add(added);
            _signal.Writer.TryWrite(true);
        }
    }

    /// <summary>
    /// Events that were stored before the subscription began go out beside the queue. Those of others may be in it too, or be offered later, because the store was searched after
    /// the subscription began: they go once.
    /// </summary>
    public TailCut TakeBackfill(IReadOnlyList<TailedEvent> found)
    {
        lock (_lock)
        {
            _backfilledOthers = [.. found.Where(e => e.Event.IsOfOthers).Select(e => KeyOf(e.Event))];
            List<TailedEvent> events = [.. found];
            if (_othersQueued > 0)
            {
                events.AddRange(TakeOthers());
            }

            _matched += found.Count;
            _shown += events.Count;
            _backfilled += found.Count;
            return Cut(events) with { IsBackfill = true };
        }
    }

    /// <summary>Goes on counting where a replay ended.</summary>
    public void CountReplay(TailCut last)
    {
        lock (_lock)
        {
            _matched += last.Matched;
            _shown += last.Shown;
            _leftOut += last.LeftOut;
        }
    }

    /// <summary>Something before the events to come is missing. Told with the next cut, once.</summary>
    public void MarkGap(TailGap gap)
    {
        lock (_lock)
        {
            _gap = _gap is null ? gap : gap with { From = _gap.From };
        }
    }

    public void Fail(SearchProblem problem)
    {
        Failure = problem;
        _signal.Writer.TryWrite(true);
    }

    /// <summary>
    /// Takes what goes out next and the counts with it. A viewer that is sampled gets a short burst over several cuts, of a long one the newest.
    /// </summary>
    /// <param name="rows">The most a viewer that is sampled gets.</param>
    /// <param name="all">Neither sample nor cut short: the first cut after a replay.</param>
    public TailCut Take(int rows = TailLimits.RowsPerBatch, bool all = false)
    {
        lock (_lock)
        {
            int most = complete || all ? TailLimits.CompleteRowsPerBatch : rows;
            if (!complete && !all && _queue.Count > TailLimits.CatchUpRows)
            {
                LeaveOutOldest(_queue.Count - most);
            }

            var taken = new TailedEvent[Math.Min(most, _queue.Count)];
            for (int i = 0; i < taken.Length; i++)
            {
                taken[i] = Dequeue();
            }

            _shown += taken.Length;
            _signal.Reader.TryRead(out _);
            return Cut(taken);
        }
    }

    /// <summary>The counts without taking anything.</summary>
    public TailCut Peek()
    {
        lock (_lock)
        {
            return Cut([]);
        }
    }

    /// <summary>Of the events of others, everything up to here was taken or left out.</summary>
    public long OtherNumber => _othersQueued == 0 ? _otherThrough : _otherSettled;

    public bool HasEvents
    {
        get
        {
            lock (_lock)
            {
                return _queue.Count > 0;
            }
        }
    }

    /// <summary>Completes when events were offered or the subscription failed since the last call; now and then once too often.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await _signal.Reader.ReadAsync(cancellationToken);

    private TailCut Cut(IReadOnlyList<TailedEvent> events)
    {
        var cut = new TailCut(events, _matched - _queue.Count, _shown, _leftOut, _backfilled, _queue.Count == 0 ? _through : _settled, _gap)
        {
            OtherNumber = OtherNumber,
        };
        _gap = null;
        return cut;
    }

    /// <summary>All that waits, without what was backfilled: the position behind it has seen the whole backfill.</summary>
    private List<TailedEvent> TakeOthers()
    {
        List<TailedEvent> taken = [];
        while (_queue.Count > 0)
        {
            TailedEvent next = Dequeue();
            if (next.OtherNumber > 0 && _backfilledOthers.Contains(KeyOf(next.Event)))
            {
                _matched--;
            }
            else
            {
                taken.Add(next);
            }
        }

        return taken;
    }

    private void TrimToBounds()
    {
        while (_queue.Count > _maxEvents || (_bytes > TailLimits.BacklogBytes && _queue.Count > 1))
        {
            LeaveOutOldest(1);
        }
    }

    private void LeaveOutOldest(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Dequeue();
        }

        _leftOut += count;
        TailMetrics.LeftOut.Add(count);
    }

    private TailedEvent Dequeue()
    {
        TailedEvent oldest = _queue.Dequeue();
        _bytes -= Size(oldest.Event);
        if (oldest.OtherNumber > 0)
        {
            _otherSettled = oldest.OtherNumber;
            _othersQueued--;
        }
        else
        {
            _settled = oldest.Event.Sequence;
        }

        return oldest;
    }

    private static (string DataStream, string Id) KeyOf(LogEvent logEvent) => (logEvent.DataStream.Value, logEvent.Id.Value);

    private static long Size(LogEvent logEvent) => logEvent.Source.Length + logEvent.Derived.Length;
}
