using LogView.Server.Ingest.Parsing;
using LogView.Server.Ingest.Parsing.Times;

namespace LogView.Server.Ingest.Files.Joining;

/// <summary>Marks of a line or an event, as <c>log.flags</c>.</summary>
[Flags]
internal enum LineFlags : byte
{
    None = 0,

    /// <summary>Bytes that are not of the file's encoding are written as <c>\xNN</c>.</summary>
    InvalidText = 1,

    /// <summary>A piece of a line longer than the limit.</summary>
    Split = 2,

    /// <summary>The line had no end when it was taken.</summary>
    Unfinished = 4,

    /// <summary>Several lines.</summary>
    Multiline = 8,

    /// <summary>Ended by a limit; the next event goes on.</summary>
    Limited = 16,

    /// <summary>NUL bytes before it were left out.</summary>
    Nuls = 32,
}

/// <param name="Start">Byte of the file where the line starts.</param>
/// <param name="End">Byte after its line end.</param>
internal readonly record struct LineSpan(long Start, long End, LineFlags Flags);

/// <summary>Takes finished events of one file; the text is only valid during the call.</summary>
internal interface IJoinedLines
{
    void Take(ReadOnlySpan<byte> text, LineSpan span);
}

/// <summary>Joins the lines of one file into events. Holds at most one unfinished event.</summary>
internal sealed class LineJoiner(JoinRules rules)
{
    /// <summary>A buffer that one large event left behind is given back.</summary>
    private const int KeptBytes = 64 * 1024;

    private byte[] _text = [];
    private int _length;
    private int _textEnd;
    private int _lines;
    private LineSpan _span;
    private JoinState _state;

    /// <summary>Where the unfinished event starts in the file; null: there is none.</summary>
    public long? PendingStart => _lines > 0 ? _span.Start : null;

    /// <summary>Memory held.</summary>
    public int HeldBytes => _lines > 0 ? _length : 0;

    public void Add(ReadOnlySpan<byte> line, LineSpan span, LineLayout layout, in TextTimeContext context, IJoinedLines events)
    {
        bool continues = _lines > 0 && rules.Continues(line, _state, layout, context);
        bool over = continues && (_lines >= rules.Options.MaxLines || _length + 1 + line.Length > rules.Options.MaxBytes);
        if (over)
        {
            Flush(events, LineFlags.Limited);
        }
        else if (continues)
        {
            Append(line, span);
            return;
        }

        Flush(events);
        if (TraceWords.IsBlank(line))
        {
            return;
        }

        if (!over && rules.IsWhole(line, layout))
        {
            events.Take(line, span);
            return;
        }

        _state = JoinRules.First(line, context);
        _span = span;
        Write(line);
        _lines = 1;
        _textEnd = _length;
    }

    /// <summary>Ends the unfinished event, if there is one.</summary>
    public void Flush(IJoinedLines events, LineFlags flags = LineFlags.None)
    {
        if (_lines == 0)
        {
            return;
        }

        // Blank lines at the end are no part of it, but they are read.
        ReadOnlySpan<byte> text = _text.AsSpan(0, _textEnd);
        bool several = text.Contains((byte)'\n');
        events.Take(text, _span with { Flags = _span.Flags | flags | (several ? LineFlags.Multiline : LineFlags.None) });
        (_lines, _length, _textEnd) = (0, 0, 0);
        _text = _text.Length > KeptBytes ? [] : _text;
    }

    private void Append(ReadOnlySpan<byte> line, LineSpan span)
    {
        Write("\n"u8);
        Write(line);
        _textEnd = TraceWords.IsBlank(line) ? _textEnd : _length;
        _lines++;
        _span = _span with { End = span.End, Flags = _span.Flags | span.Flags };
        JoinRules.Next(line, ref _state);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(_length + bytes.Length, Math.Min(_text.Length * 2, FilesLimits.MaxLineBytes)));
        }

        bytes.CopyTo(_text.AsSpan(_length));
        _length += bytes.Length;
    }
}
