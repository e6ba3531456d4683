using LogView.Client.Contracts.Events;
using LogView.Server.Ingest.Http;
using LogView.Server.Ingest.Parsing;
using LogView.Server.Ingest.Parsing.Times;
using LogView.Server.Ingest.Pipeline;
using LogView.Server.Wal;

namespace LogView.Server.Ingest.Ndjson;

/// <summary>One request: reads its events piece by piece, writes batch after batch while it reads on, counts what became of them.</summary>
internal sealed class IngestRun(IEventSink sink, string receiver, DataStreamName dataStream, TimeProvider clock)
{
    /// <summary>Sources in one batch; two are held at most.</summary>
    private const int BatchBytes = 2 * 1024 * 1024;

    private const int BatchEvents = 8_192;

    private readonly List<IngestError> _errors = [];
    private List<long> _lines = [];
    private List<ReceivedEvent> _batch = [];
    private ByteSlab _slab = new(16 * 1024);
    private int _batchBytes;
    private (List<long> Lines, Task<SinkResult> Write)? _writing;
    private long _accepted;
    private long _rejected;

    /// <summary>What makes events of lines of text.</summary>
    public TextEvents Text { get; init; } = new(LineFormat.Auto, new TextTimeContext(TimeZoneInfo.Utc, Timestamp.Now(clock)));

    public IngestAnswer Answer => new(_accepted, _rejected, [.. _errors.OrderBy(e => e.Line)]);

    /// <summary>Why something could not be written; reading stopped there. Null: nothing.</summary>
    public WalUnavailableException? Unavailable { get; private set; }

    /// <summary>Newest sequence to wait for until all of the request is searchable.</summary>
    public long LastSequence { get; private set; }

    public async Task ReadAsync(RequestBody body, BodyFormat format, CancellationToken cancellationToken)
    {
        if (format == BodyFormat.Json)
        {
            await ReadValuesAsync(body, cancellationToken);
        }
        else
        {
            await ReadLinesAsync(body, format == BodyFormat.Text, cancellationToken);
        }

        await FlushAsync(cancellationToken);
        await FinishWriteAsync();
    }

    private async Task ReadLinesAsync(RequestBody body, bool isText, CancellationToken cancellationToken)
    {
        using var lines = new BodyLines(body, SinkLimits.MaxBatchBytes);
        do
        {
            while (Unavailable is null && lines.TryNext(out ReadOnlyMemory<byte> line, out bool tooLong))
            {
                if (tooLong)
                {
                    Reject(lines.Number, TooLong);
                }
                else if (!line.Span.Trim(" \t"u8).IsEmpty)
                {
                    await TakeLineAsync(line, lines.Number, isText, cancellationToken);
                }
            }
        }
        while (Unavailable is null && await lines.FillAsync(cancellationToken));
        Text.End();
        await TakeTextAsync(cancellationToken);
    }

    private async ValueTask TakeLineAsync(ReadOnlyMemory<byte> line, long number, bool isText, CancellationToken cancellationToken)
    {
        if (isText)
        {
            Text.Add(line.Span, number);
            await TakeTextAsync(cancellationToken);
            return;
        }

        Take(_slab.Copy(line.Span), number);
        await FlushIfFullAsync(cancellationToken);
    }

    private async ValueTask TakeTextAsync(CancellationToken cancellationToken)
    {
        while (Text.TryTake(dataStream, Timestamp.Now(clock), out ReceivedEvent received, out long number))
        {
            Take(received, number);
            await FlushIfFullAsync(cancellationToken);
        }
    }

    private async Task ReadValuesAsync(RequestBody body, CancellationToken cancellationToken)
    {
        using var values = new BodyValues(body, SinkLimits.MaxBatchBytes);
        do
        {
            while (Unavailable is null && values.TryNext(out ReadOnlyMemory<byte> value, out bool tooLong))
            {
                if (tooLong)
                {
                    Reject(values.Line, TooLong);
                }
                else
                {
                    Take(_slab.Copy(value.Span), values.Line);
                    await FlushIfFullAsync(cancellationToken);
                }
            }
        }
        while (Unavailable is null && await values.FillAsync(cancellationToken));
        if (values.IsArrayOpen)
        {
            Reject(values.Line, "the array is not closed: the body may be cut off");
        }
    }

    private static string TooLong => $"an event has at most {SinkLimits.MaxBatchBytes} bytes";

    private void Take(ReadOnlyMemory<byte> source, long line) =>
        Take(new ReceivedEvent { Source = source, DataStream = dataStream, ReceivedAt = Timestamp.Now(clock) }, line);

    private void Take(in ReceivedEvent received, long line)
    {
        _lines.Add(line);
        _batch.Add(received);
        _batchBytes += received.Source.Length + received.Derived.Length;
    }

    private void Reject(long line, string reason)
    {
        _rejected++;
        if (_errors.Count < IngestAnswer.MaxErrors)
        {
            _errors.Add(new IngestError(line, reason));
        }
    }

    private Task FlushIfFullAsync(CancellationToken cancellationToken) =>
        _batchBytes >= BatchBytes || _batch.Count >= BatchEvents ? FlushAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Begins to write what was read once the batch before is written.</summary>
    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        await FinishWriteAsync();
        if (_batch.Count == 0)
        {
            return;
        }

        if (Unavailable is { } unavailable)
        {
            _lines.ForEach(l => Reject(l, unavailable.Message));
        }
        else
        {
            _writing = (_lines, sink.WriteAsync(receiver, _batch, cancellationToken));
        }

        (_lines, _batch, _slab, _batchBytes) = ([], [], new ByteSlab(_batchBytes), 0);
    }

    private async Task FinishWriteAsync()
    {
        if (_writing is not var (lines, write))
        {
            return;
        }

        _writing = null;
        try
        {
            SinkResult result = await write;
            LastSequence = Math.Max(LastSequence, result.LastSequence);
            for (int i = 0; i < lines.Count; i++)
            {
                if (result.Outcomes[i].Status == WriteStatus.Rejected)
                {
                    Reject(lines[i], result.Outcomes[i].Reason!);
                }
                else
                {
                    _accepted++;
                }
            }
        }
        catch (WalUnavailableException e)
        {
            Unavailable ??= e;
            lines.ForEach(l => Reject(l, e.Message));
        }
    }
}
