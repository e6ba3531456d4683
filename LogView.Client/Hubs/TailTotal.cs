using LogView.Client.Contracts.Tail;

namespace LogView.Client.Hubs;

/// <summary>
/// The counts of one subscription over all its connections. A status' counts and position belong together, so that the counts of the next
/// connection, which starts at that position, are simply added. <see cref="Deliver"/> is for the reader's thread, the others for the receiver's.
/// </summary>
internal sealed class TailTotal(TailRequest request)
{
    private readonly TailStatus _none = new(0, 0, 0, 0, "");
    private TailStatus? _before;
    private TailStatus? _last;
    private string? _position = request.Position;
    private bool _canResume = request.Position is not null;
    private long _delivered;
    private TailGap? _droppedGap;

    /// <summary>A batch has come: interruptions are resumed from now on.</summary>
    public bool HasBegun => _last is not null;

    /// <summary>The request for the next connection. Until the backfill has come there is nothing to resume. This client takes what comes and does not tell.</summary>
    public TailRequest Next => request with { Position = _position, Reader = null };

    public TailBatch Add(TailBatch batch)
    {
        TailStatus before = _before ?? _none;
        TailStatus now = batch.Status;
        _last = now with
        {
            Matched = before.Matched + now.Matched,
            Shown = before.Shown + now.Shown,
            LeftOut = before.LeftOut + now.LeftOut,
            Backfilled = before.Backfilled + now.Backfilled,
        };
        _canResume |= batch.IsBackfill;
        if (_canResume)
        {
            _position = now.Position;
        }

        return batch with { Status = _last };
    }

    /// <summary>The connection is gone; what it counted stays, unless all of it is going to come again.</summary>
    public void Interrupted()
    {
        if (_canResume)
        {
            _before = _last;
        }
    }

    /// <summary>The reader was too slow for this message; <see cref="Deliver"/> counts its rows as left out.</summary>
    public void LeaveOut(TailMessage message)
    {
        if (message.Batch?.Status.Gap is { } gap)
        {
            Volatile.Write(ref _droppedGap, gap);
        }
    }

    /// <summary>The message as the reader gets it: shown is what was delivered here.</summary>
    public TailMessage Deliver(TailMessage message)
    {
        if (message.Batch is not { } batch)
        {
            return message;
        }

        _delivered += batch.Rows.Count;
        TailStatus status = batch.Status;
        TailGap? gap = Interlocked.Exchange(ref _droppedGap, null) ?? status.Gap;
        return new TailMessage(batch with { Status = status with { Shown = _delivered, LeftOut = status.Matched - _delivered, Gap = gap } });
    }
}
