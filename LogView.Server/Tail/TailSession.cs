using System.Runtime.CompilerServices;
using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Tail;
using LogView.Server.Tail.Others;

namespace LogView.Server.Tail;

/// <summary>
/// One viewer's live tail, pulled by whoever sends it: backfill or replay, then live batches at the tail's pace. A sender that stops pulling
/// holds nobody up but itself.
/// </summary>
public sealed class TailSession : IDisposable
{
    private readonly TailSessions _tail;
    private readonly TailRequest _request;
    private readonly TailQuery _query;
    private readonly TailPosition? _resumeAt;
    private readonly Viewer _viewer;
    private readonly TailSubscription _live;
    private readonly IDisposable _place;
    private readonly TailWindow? _window;
    private TailRegistration? _registration;
    private OtherViewing? _others;

    internal TailSession(TailSessions tail, TailRequest request, TailQuery query, TailPosition? resumeAt, Viewer viewer, IDisposable place)
    {
        (_tail, _request, _query, _resumeAt, _viewer, _place) = (tail, request, query, resumeAt, viewer, place);
        _live = new TailSubscription(request.Complete);
        _window = request.Reader is null ? null : new TailWindow(tail.Clock);
    }

    /// <summary>Why the tail ended by itself; null while it goes on.</summary>
    public SearchProblem? Failure => _live.Failure;

    /// <summary>The viewer has so many batches, from the first.</summary>
    public void Seen(long batches) => _window?.Seen(batches);

    /// <summary>
    /// Batches until cancelled, and then a last one with what was waiting. Each is current when it is pulled. Comes with a status at least
    /// every <see cref="TailOptions.StatusInterval"/>. To be read once.
    /// </summary>
    public async IAsyncEnumerable<TailSessionBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await _tail.Broker.WhenOpenAsync(cancellationToken);
        await foreach (TailCut cut in _resumeAt is { } position ? ReplayAsync(position, cancellationToken) : BackfillAsync(cancellationToken))
        {
            yield return Batch(cut);
        }

        await foreach (TailCut cut in LiveAsync(cancellationToken))
        {
            yield return Batch(cut);
        }
    }

    public void Dispose()
    {
        _registration?.Dispose();
        _others?.Dispose();
        _place.Dispose();
    }

    private async IAsyncEnumerable<TailCut> BackfillAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Registered before the store is read: what arrives meanwhile waits in the subscription, what was there before is found.
        TailRegistration registration = GoLive(seen: 0);
        _others = _tail.Others.Join(_query, _live, resumeAt: null);
        Task<BackfillOutcome> reading = ReadBackfillAsync(registration.LiveAfter, cancellationToken);
        while (!await CompletesWithin(reading, _tail.Options.StatusInterval, cancellationToken))
        {
            yield return _live.Peek() with { Sequence = registration.LiveAfter };
        }

        BackfillOutcome found = await reading;
        if (found.Problem is { } problem)
        {
            _live.MarkGap(new TailGap($"Earlier events could not be read: {problem.Message}", null, Timestamp.Now(_tail.Clock).ToString()));
        }

        yield return _live.TakeBackfill(found.Events);
    }

    /// <summary>Events of others are asked for before the store is searched, so that none falls between, and after it, so that they are known when the backfill is.</summary>
    private async Task<BackfillOutcome> ReadBackfillAsync(long upTo, CancellationToken cancellationToken)
    {
        if (_others is { } others)
        {
            await others.Tail.PollAsync(cancellationToken);
        }

        BackfillOutcome found = await _tail.Backfill.ReadAsync(_request, upTo, _others is not null, _viewer, cancellationToken);
        if (_others is not null && found.Events.Any(e => e.Event.IsOfOthers))
        {
            await _others.Tail.PollAsync(cancellationToken);
        }

        return found;
    }

    private async IAsyncEnumerable<TailCut> ReplayAsync(TailPosition from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var replay = new TailReplay(_tail.Log, _tail.Broker, _query, from, _request.Complete, GoLive, _tail.Clock);
        _others = _tail.Others.Join(_query, _live, from);
        TailCut? last = null;
        long sentAt = _tail.Clock.GetTimestamp();
        await foreach (TailCut cut in replay.ReadAsync(cancellationToken))
        {
            last = cut;
            if (cut.Events.Count > 0 || cut.Gap is not null || _tail.Clock.GetElapsedTime(sentAt) >= _tail.Options.StatusInterval)
            {
                sentAt = _tail.Clock.GetTimestamp();
                yield return cut with { OtherNumber = _live.OtherNumber };
            }
        }

        _live.CountReplay(last!);
        yield return _live.Peek();
    }

    private async IAsyncEnumerable<TailCut> LiveAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long sentAt = _tail.Clock.GetTimestamp();
        while (await WaitForNextAsync(sentAt, cancellationToken) && Failure is null)
        {
            // After a wait for room more rows at once would only make the way longer.
            int rows = await WaitForRoomAsync(cancellationToken) ? TailLimits.RowsPerBatch : RowsFor(_tail.Clock.GetElapsedTime(sentAt));
            sentAt = _tail.Clock.GetTimestamp();
            yield return _live.Take(rows);
        }

        _registration?.Dispose();
        _others?.Dispose();
        do
        {
            yield return _live.Take(all: true);
        }
        while (_live.HasEvents);
    }

    /// <summary>Timers fire late; a late batch may be larger, so that the rows of a second stay the same.</summary>
    private int RowsFor(TimeSpan sinceLast) =>
        (int)Math.Clamp(TailLimits.RowsPerBatch * (sinceLast / _tail.Options.BatchInterval), TailLimits.RowsPerBatch, TailLimits.CatchUpRows);

    /// <summary>True when a batch is due, false when the tail was cancelled.</summary>
    private async Task<bool> WaitForNextAsync(long sentAt, CancellationToken cancellationToken)
    {
        TimeSpan untilStatus = _tail.Options.StatusInterval - _tail.Clock.GetElapsedTime(sentAt);
        if (!_live.HasEvents && untilStatus > TimeSpan.Zero)
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(_live.WaitAsync(enough.Token), Task.Delay(untilStatus, _tail.Clock, enough.Token));
            await enough.CancelAsync();
        }

        TimeSpan untilBatch = _tail.Options.BatchInterval - _tail.Clock.GetElapsedTime(sentAt);
        if (untilBatch > TimeSpan.Zero)
        {
            await Task.Delay(untilBatch, _tail.Clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return !cancellationToken.IsCancellationRequested;
    }

    /// <summary>Waits until there is room on the way to the viewer; true when there was none.</summary>
    private async Task<bool> WaitForRoomAsync(CancellationToken cancellationToken)
    {
        if (_window is not { HasRoom: false } window)
        {
            return false;
        }

        await window.RoomAsync(cancellationToken);
        return true;
    }

    private TailRegistration GoLive(long seen)
    {
        _live.StartAfter(seen);
        return _registration = _tail.Broker.Register(_query, _live);
    }

    private TailSessionBatch Batch(TailCut cut)
    {
        TailStatus status = cut.Status(Timestamp.Now(_tail.Clock), _tail.Broker.Lag, _others?.Tail);
        if (_window is { } window)
        {
            status = status with { DelayMs = status.DelayMs + (long)window.Way.TotalMilliseconds };
            window.Sent(cut.Events.Count);
        }

        return new(cut.Events, status, cut.IsBackfill);
    }

    private async Task<bool> CompletesWithin(Task task, TimeSpan time, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task first = await Task.WhenAny(task, Task.Delay(time, _tail.Clock, enough.Token));
        await enough.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        return first == task;
    }
}

/// <summary>What goes out at once.</summary>
public sealed record TailSessionBatch(IReadOnlyList<TailedEvent> Events, TailStatus Status, bool IsBackfill);
