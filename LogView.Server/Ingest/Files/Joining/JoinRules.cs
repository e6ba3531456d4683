using System.Text;
using System.Text.RegularExpressions;
using LogView.Server.Ingest.Parsing;
using LogView.Server.Ingest.Parsing.Times;

namespace LogView.Server.Ingest.Files.Joining;

/// <summary>What an unfinished event has shown so far, as far as it decides about the next line.</summary>
internal struct JoinState
{
    /// <summary>Its first line has a time or a level, so that a bare exception below it is part of it.</summary>
    public bool HasHeader;

    /// <summary>Its first line starts with a time.</summary>
    public bool HasTime;

    public bool InTraceback;
    public bool LastWasIndented;
    public bool LastWasBlank;
    public bool InGo;
    public bool InRust;
    public bool AfterCaret;
    public bool InChain;
}

/// <summary>Decides for each line whether it starts an event or continues the one before. Pure: the answer depends on the line and the state alone.</summary>
internal sealed class JoinRules
{
    /// <summary>Characters of a line that configured patterns see: they describe how lines begin.</summary>
    private const int MatchedBytes = 4096;

    private readonly MultilineOptions _options;
    private readonly Regex? _start;
    private readonly Regex? _continuation;

    public JoinRules(MultilineOptions options)
    {
        _options = options;
        _start = FileSourceValidator.Compile(options.Start);
        _continuation = FileSourceValidator.Compile(options.Continuation);
    }

    public MultilineOptions Options => _options;

    private bool IsConfigured => _start is not null || _continuation is not null;

    /// <summary>True when no line can continue this one, so that it need not wait.</summary>
    public bool IsWhole(ReadOnlySpan<byte> line, LineLayout layout)
    {
        if (!_options.Enabled)
        {
            return true;
        }

        bool json = line.Length > 1 && line[0] == '{' && line[^1] == '}';
        return !IsConfigured && (json || (layout.Format is LineFormat.Access or LineFormat.Logfmt && !TraceWords.StartsBlank(line)));
    }

    /// <param name="line">The next line.</param>
    /// <param name="state">Of the event before it.</param>
    /// <param name="layout">Of the file.</param>
    /// <param name="context">For recognising times.</param>
    public bool Continues(ReadOnlySpan<byte> line, in JoinState state, LineLayout layout, in TextTimeContext context) =>
        IsConfigured ? ContinuesByPattern(line) : ContinuesByLook(line, state, layout, context);

    /// <summary>The state after a first line.</summary>
    public static JoinState First(ReadOnlySpan<byte> line, in TextTimeContext context)
    {
        bool time = PlainLineParser.StartsWithTime(line, context);
        var cursor = new TextCursor(line);
        JoinState state = new() { HasTime = time, HasHeader = time || HeaderWords.TakeLeadingLevel(ref cursor, new ParsedLine()) || line.StartsWith("<"u8) };
        Next(line, ref state);
        return state;
    }

    /// <summary>The state after one more line.</summary>
    public static void Next(ReadOnlySpan<byte> line, ref JoinState state)
    {
        bool blank = TraceWords.IsBlank(line);
        state.LastWasBlank = blank;
        state.InTraceback |= TraceWords.IsTraceback(line);
        state.InGo |= TraceWords.IsGoPanic(line) || TraceWords.IsGoroutine(line);
        state.InRust |= TraceWords.IsRustPanic(line);
        state.AfterCaret |= TraceWords.IsCaret(line);
        if (!blank)
        {
            // A traceback's last line is not indented; whatever comes after it is not part of it.
            state.InTraceback &= TraceWords.StartsBlank(line) || TraceWords.IsTraceback(line);
            state.LastWasIndented = TraceWords.StartsBlank(line);
            state.InChain = TraceWords.IsPythonChain(line);
            state.InRust &= !line.StartsWith("note: "u8);
        }
    }

    private bool ContinuesByPattern(ReadOnlySpan<byte> line)
    {
        string text = Encoding.UTF8.GetString(line[..Math.Min(line.Length, MatchedBytes)]);
        return _continuation?.IsMatch(text) == true || _start?.IsMatch(text) == false;
    }

    private static bool ContinuesByLook(ReadOnlySpan<byte> line, in JoinState state, LineLayout layout, in TextTimeContext context)
    {
        if (TraceWords.IsBlank(line))
        {
            return true;
        }

        if (TraceWords.StartsBlank(line))
        {
            return !PlainLineParser.StartsWithTime(line.TrimStart(" \t"u8), context);
        }

        if (PlainLineParser.StartsWithTime(line, context) || line[0] == '<')
        {
            return false;
        }

        return TraceWords.IsAlwaysContinuation(line) || ContinuesTrace(line, state) || (layout.TimeFirst && state.HasTime && line[0] != '{');
    }

    private static bool ContinuesTrace(ReadOnlySpan<byte> line, in JoinState state) =>
        (TraceWords.IsTraceback(line) && (state.InChain || (state.HasHeader && !state.LastWasBlank)))
        || (TraceWords.IsException(line) && ((state.HasHeader && !state.LastWasIndented && !state.LastWasBlank) || state.AfterCaret))
        || (state.InTraceback && TraceWords.IsPythonEnd(line))
        || (state.InGo && TraceWords.IsGoContinuation(line))
        || (state.InRust && !state.LastWasBlank && !TraceWords.IsRustPanic(line))
        || (state.AfterCaret && line.StartsWith("Node.js v"u8));
}
