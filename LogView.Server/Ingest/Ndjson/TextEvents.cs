using System.Text.Unicode;
using LogView.Client.Contracts.Events;
using LogView.Server.Ingest.Parsing;
using LogView.Server.Ingest.Parsing.Times;
using LogView.Server.Ingest.Pipeline;

namespace LogView.Server.Ingest.Ndjson;

/// <summary>
/// Lines of one request → events, read as lines of a file are. The first lines wait until there are enough of them to see how they are laid out.
/// Add a line, take until there is none, and take again after the end.
/// </summary>
internal sealed class TextEvents(LineFormat format, TextTimeContext context)
{
    /// <summary>Lines that wait hold no more than this, so that a sample of long lines is not a large part of the memory.</summary>
    private const int SampleBytes = 64 * 1024;

    private readonly Queue<(ReadOnlyMemory<byte> Line, long Number)> _held = new();
    private readonly ParsedLine _line = new();
    private readonly LineEventWriter _writer = new();
    private LineLayout? _layout;
    private int _heldBytes;

    /// <param name="line">Any bytes without a line end; copied.</param>
    /// <param name="number">Of the line in the body.</param>
    public void Add(ReadOnlySpan<byte> line, long number)
    {
        _held.Enqueue((line.ToArray(), number));
        _heldBytes += line.Length;
        if (_layout is null && (_held.Count >= LayoutDetector.MaxLines || _heldBytes >= SampleBytes))
        {
            Detect();
        }
    }

    /// <summary>No more lines come.</summary>
    public void End()
    {
        if (_layout is null)
        {
            Detect();
        }
    }

    /// <summary>False: the lines there are wait for more, or there are none.</summary>
    public bool TryTake(DataStreamName dataStream, Timestamp now, out ReceivedEvent received, out long number)
    {
        (received, number) = (default, 0);
        if (_layout is not { } layout || !_held.TryDequeue(out (ReadOnlyMemory<byte> Line, long Number) next))
        {
            return false;
        }

        _heldBytes -= next.Line.Length;
        number = next.Number;
        bool isValid = Utf8.IsValid(next.Line.Span);
        ReadOnlySpan<byte> text = isValid ? next.Line.Span : SourceRepair.ReplaceInvalidUtf8(next.Line.Span);
        LineParser.Parse(text, layout, context, _line);
        received = new ReceivedEvent
        {
            Source = _writer.Source(text, _line),
            Derived = _writer.Derived(_line, isValid ? [] : [("logview.invalid_utf8", FieldValue.Of(true))], []),
            DataStream = dataStream,
            ReceivedAt = now,
            Timestamp = _line.Timestamp,
        };
        return true;
    }

    private void Detect()
    {
        LineLayout found = LayoutDetector.Detect([.. _held.Select(h => h.Line)], context);
        _layout = format == LineFormat.Auto ? found : found with { Format = format };
    }
}
