using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Tail;
using LogView.Server.Wal;

namespace LogView.Server.Tail;

/// <summary>
/// What a viewer missed, read again from the write-ahead log: everything after <paramref name="from"/> up to where its live subscription
/// takes over. A program gets every match at its own pace; for eyes all matches are counted and the newest shown.
/// </summary>
/// <param name="goLive">Registers the live subscription, which must not offer what was seen before; called once, when the replay has nearly caught up.</param>
internal sealed class TailReplay(
    IWriteAheadLog log, TailBroker broker, TailQuery query, TailPosition from, bool complete, Func<long, TailRegistration> goLive, TimeProvider clock)
{
    private const string Released = "The log has released the events since the position";

    private readonly TailSubscription _missed = new(complete);
    private readonly List<LogEvent> _matches = new(TailLimits.EvaluationSlice);
    private TailRegistration? _live;
    private long _read = from.Sequence;
    private long _seen = from.Sequence;
    private string _gapReason = Released;

    /// <summary>Ends when the live subscription takes over. The last cut has all counts of the replay.</summary>
    public async IAsyncEnumerable<TailCut> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        SkipWhatCannotBeRead();
        _missed.StartAfter(_read);
        if (_live is null && _read >= broker.Evaluated)
        {
            _live = goLive(from.Sequence);
        }

        if (!IsDone)
        {
            await foreach (CommittedBatch batch in log.ReadAsync(_read, cancellationToken))
            {
                Offer(batch);
                while (complete && _missed.HasEvents)
                {
                    yield return _missed.Take();
                }

                if (IsDone)
                {
                    break;
                }

                yield return _missed.Peek();
            }
        }

        do
        {
            yield return _missed.Take(all: true);
        }
        while (_missed.HasEvents);
    }

    private bool IsDone => _live is not null && _read >= _live.LiveAfter;

    private void SkipWhatCannotBeRead()
    {
        long durable = log.DurableSequence;
        if (_read > durable)
        {
            GoLiveAfterGap("The position is not of this log: its data was replaced since", seen: 0);
        }
        else if (_read < durable && log.OldestSequence > durable)
        {
            GoLiveAfterGap(Released, from.Sequence);
        }
        else if (!complete && durable - _read > TailLimits.MaxReplayEvents)
        {
            _read = durable - TailLimits.MaxReplayEvents;
            _gapReason = $"Too far behind: only the newest {TailLimits.MaxReplayEvents:N0} events were looked through";
        }
    }

    private void Offer(CommittedBatch batch)
    {
        if (_live is null && batch.Events[^1].Sequence >= broker.Evaluated)
        {
            _live = goLive(from.Sequence);
        }

        long until = _live?.LiveAfter ?? long.MaxValue;
        if (batch.Events[0].Sequence > _seen + 1)
        {
            MarkGap(_gapReason, batch.Events[0].Timestamp);
        }

        foreach (LogEvent[] slice in batch.Events.Where(e => e.Sequence > _read && e.Sequence <= until).Chunk(TailLimits.EvaluationSlice))
        {
            _matches.Clear();
            _matches.AddRange(slice.Where(query.Matches));
            _missed.Offer(CollectionsMarshal.AsSpan(_matches), slice[^1].Sequence, batch.CommittedAt);
        }

        _seen = _read = Math.Max(_read, Math.Min(batch.Events[^1].Sequence, until));
    }

    private void GoLiveAfterGap(string reason, long seen)
    {
        _live = goLive(seen);
        _read = _live.LiveAfter;
        MarkGap(reason, Timestamp.Now(clock));
    }

    private void MarkGap(string reason, Timestamp to) => _missed.MarkGap(new TailGap(reason, from.At.ToString(), to.ToString()));
}
