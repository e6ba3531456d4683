using LogView.Client.Contracts.Events;
using LogView.Server.Ingest.Http;
using LogView.Server.Ingest.Pipeline;
using LogView.Server.Wal;

namespace LogView.Server.Ingest.ElasticBulk;

/// <summary>The request as a whole cannot be taken; nothing of it was written.</summary>
internal sealed record BulkRefusal(string Type, string Reason);

/// <summary>
/// One bulk request: reads its lines piece by piece, writes batch after batch while it reads on, and keeps what became of each item. Memory is bounded by
/// two batches, one line and the items. Dispose it when the answer is written.
/// </summary>
internal sealed class BulkRun(IEventSink sink, Targets targets, string? defaultIndex, TimeProvider clock) : IDisposable
{
    /// <summary>Sources in one batch; two are held at most.</summary>
    private const int BatchBytes = 2 * 1024 * 1024;

    private const int BatchEvents = 8_192;

    private readonly BulkLists _lists = BulkLists.Rent();
    private ByteSlab _slab = new(16 * 1024);
    private BulkAction? _action;
    private Task<SinkResult>? _writing;
    private bool _isWritten;

    public IReadOnlyList<BulkItem> Items => _lists.Items;

    /// <summary>Newest sequence to wait for until all of the request is searchable.</summary>
    public long LastSequence { get; private set; }

    /// <summary>The first reason why something could not be written now; null: none.</summary>
    public WalUnavailableException? Unavailable { get; private set; }

    public bool IsAnythingStored { get; private set; }

    /// <summary>
    /// Null, or why the request is refused. As in Elasticsearch a broken action line refuses all of it; in a request so long that earlier parts are
    /// written already it fails as an item, and what follows is not read.
    /// </summary>
    public async Task<BulkRefusal?> ReadAsync(RequestBody body, CancellationToken cancellationToken)
    {
        using var lines = new BodyLines(body, SinkLimits.MaxBatchBytes);
        do
        {
            while (lines.TryNext(out ReadOnlyMemory<byte> line, out bool tooLong))
            {
                if (Take(line.Span, tooLong, lines.Number) is { } refusal)
                {
                    return await RefuseAsync(refusal);
                }

                if (_lists.Filling.Bytes >= BatchBytes || _lists.Filling.Events.Count >= BatchEvents)
                {
                    await FlushAsync(cancellationToken);
                }
            }
        }
        while (await lines.FillAsync(cancellationToken));
        if (_action is { } open)
        {
            return await RefuseAsync(new BulkRefusal("illegal_argument_exception", $"The last action, {open.Name}, has no source line"));
        }

        await FlushAsync(cancellationToken);
        await FinishWriteAsync();
        return _lists.Items.Count == 0 ? new BulkRefusal("parse_exception", "request body is required") : null;
    }

    /// <summary>Not while a write goes on that nobody waited for: its events are kept out of the lists that are used again.</summary>
    public void Dispose()
    {
        if (_writing is null)
        {
            _lists.Return();
        }
    }

    private async Task<BulkRefusal?> RefuseAsync(BulkRefusal refusal)
    {
        await FinishWriteAsync();
        if (!_isWritten)
        {
            return refusal;
        }

        await FlushAsync(CancellationToken.None);
        await FinishWriteAsync();
        _lists.Items.Add(new BulkItem("index", defaultIndex ?? "", null, StatusCodes.Status400BadRequest, refusal.Type, $"{refusal.Reason}; what follows was not read"));
        return null;
    }

    private BulkRefusal? Take(ReadOnlySpan<byte> line, bool tooLong, long number)
    {
        if (_action is { } action)
        {
            _action = null;
            TakeSource(action, line, tooLong);
            return null;
        }

        // rsyslog ends each source with an extra empty line.
        return !tooLong && line.Trim(" \t\r"u8).IsEmpty ? null : TakeAction(line, tooLong, number);
    }

    private BulkRefusal? TakeAction(ReadOnlySpan<byte> line, bool tooLong, long number)
    {
        string? problem = "expected a shorter line";
        if (tooLong || BulkAction.Parse(line, out problem) is not { } action)
        {
            return new BulkRefusal("illegal_argument_exception", $"Malformed action/metadata line [{number}], {problem}");
        }

        if ((action.Index ?? defaultIndex) is null)
        {
            return new BulkRefusal("action_request_validation_exception", $"Validation Failed: {_lists.Items.Count + 1}: index is missing;");
        }

        if (action.HasSource)
        {
            _action = action;
        }
        else
        {
            TakeSource(action, default, tooLong: false);
        }

        return null;
    }

    private void TakeSource(in BulkAction action, ReadOnlySpan<byte> source, bool tooLong)
    {
        string index = action.Index ?? defaultIndex!;
        Target target = targets.Find(index);
        (int Status, string Type, string Reason)? problem =
            action.Verb is BulkVerb.Update or BulkVerb.Delete ? (StatusCodes.Status400BadRequest, "illegal_argument_exception", $"{action.Name} is not possible: events never change")
            : target.ErrorType is { } type ? (target.Status, type, target.Reason!)
            : Targets.ProblemOf(action.Id) is { } wrongId ? (StatusCodes.Status400BadRequest, "illegal_argument_exception", wrongId)
            : tooLong ? (StatusCodes.Status413PayloadTooLarge, "content_too_long_exception", $"a source has more than {SinkLimits.MaxBatchBytes} bytes")
            : null;
        if (problem is { } p)
        {
            _lists.Items.Add(new BulkItem(action.Name, index, action.Id, p.Status, p.Type, p.Reason));
            return;
        }

        BulkBatch batch = _lists.Filling;
        batch.Places.Add((_lists.Items.Count, action));
        _lists.Items.Add(new BulkItem(action.Name, index, action.Id, 0));
        batch.Bytes += source.Length;
        batch.Events.Add(new ReceivedEvent
        {
            Source = _slab.Copy(source), DataStream = target.Name, ReceivedAt = Timestamp.Now(clock), Id = action.Id is null ? null : new EventId(action.Id),
        });
    }

    /// <summary>Begins to write what was read once the batch before is written.</summary>
    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        await FinishWriteAsync();
        if (_lists.Filling.Events.Count == 0)
        {
            return;
        }

        _isWritten = true;
        _lists.Swap();
        _slab = new ByteSlab(_lists.Writing.Bytes);
        _writing = sink.WriteAsync("elastic", _lists.Writing.Events, cancellationToken);
    }

    private async Task FinishWriteAsync()
    {
        if (_writing is not { } write)
        {
            return;
        }

        List<(int Item, BulkAction Action)> places = _lists.Writing.Places;
        try
        {
            SinkResult result = await write;
            for (int i = 0; i < places.Count; i++)
            {
                _lists.Items[places[i].Item] = BulkItem.Of(places[i].Action, _lists.Items[places[i].Item].Index, result.Outcomes[i]);
            }

            LastSequence = Math.Max(LastSequence, result.LastSequence);
            IsAnythingStored = true;
        }
        catch (WalUnavailableException e)
        {
            Unavailable ??= e;
            int status = Http.Unavailable.Status(e);
            foreach ((int item, _) in places)
            {
                _lists.Items[item] = _lists.Items[item] with { Status = status, ErrorType = ElasticAnswer.UnavailableType(status), Reason = e.Message };
            }
        }

        _writing = null;
    }
}
