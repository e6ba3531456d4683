using LogView.Client.Contracts.Events;
using LogView.Server.Ingest.Http;
using LogView.Server.Ingest.Pipeline;
using LogView.Server.Wal;

namespace LogView.Server.Ingest.ElasticBulk;

/// <summary>The request as a whole cannot be taken; nothing of it was written.</summary>
internal sealed record BulkRefusal(string Type, string Reason);

/// <summary>
/// One bulk request: reads its lines piece by piece, writes batch after batch while it reads on, and keeps what became of each item. Memory is bounded by
/// two batches, one line and the items.
/// </summary>
internal sealed class BulkRun(IEventSink sink, Targets targets, string? defaultIndex, TimeProvider clock)
{
    /// <summary>Sources in one batch; two are held at most.</summary>
    private const int BatchBytes = 2 * 1024 * 1024;

    private const int BatchEvents = 8_192;

    private readonly List<BulkItem> _items = [];
    private List<(int Item, BulkAction Action)> _places = [];
    private List<ReceivedEvent> _batch = [];
    private ByteSlab _slab = new(16 * 1024);
    private int _batchBytes;
    private BulkAction? _action;
    private (List<(int Item, BulkAction Action)> Places, Task<SinkResult> Write)? _writing;
    private bool _isWritten;

    public IReadOnlyList<BulkItem> Items => _items;

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

                if (_batchBytes >= BatchBytes || _batch.Count >= BatchEvents)
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
        return _items.Count == 0 ? new BulkRefusal("parse_exception", "request body is required") : null;
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
        _items.Add(new BulkItem("index", defaultIndex ?? "", null, StatusCodes.Status400BadRequest, refusal.Type, $"{refusal.Reason}; what follows was not read"));
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
            return new BulkRefusal("action_request_validation_exception", $"Validation Failed: {_items.Count + 1}: index is missing;");
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
            _items.Add(new BulkItem(action.Name, index, action.Id, p.Status, p.Type, p.Reason));
            return;
        }

        _places.Add((_items.Count, action));
        _items.Add(new BulkItem(action.Name, index, action.Id, 0));
        _batchBytes += source.Length;
        _batch.Add(new ReceivedEvent
        {
            Source = _slab.Copy(source), DataStream = target.Name, ReceivedAt = Timestamp.Now(clock), Id = action.Id is null ? null : new EventId(action.Id),
        });
    }

    /// <summary>Begins to write what was read once the batch before is written.</summary>
    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        await FinishWriteAsync();
        if (_batch.Count == 0)
        {
            return;
        }

        _isWritten = true;
        _writing = (_places, sink.WriteAsync("elastic", _batch, cancellationToken));
        (_places, _batch, _slab, _batchBytes) = ([], [], new ByteSlab(_batchBytes), 0);
    }

    private async Task FinishWriteAsync()
    {
        if (_writing is not var (places, write))
        {
            return;
        }

        _writing = null;
        try
        {
            SinkResult result = await write;
            for (int i = 0; i < places.Count; i++)
            {
                _items[places[i].Item] = BulkItem.Of(places[i].Action, _items[places[i].Item].Index, result.Outcomes[i]);
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
                _items[item] = _items[item] with { Status = status, ErrorType = ElasticAnswer.UnavailableType(status), Reason = e.Message };
            }
        }
    }
}
