using System.Buffers;
using LogView.Server.Ingest.Parsing;

namespace LogView.Server.Ingest.Files.Joining;

/// <summary>What lines of stack traces look like, in Java, .NET, Python, Go, Node, Ruby, PHP and Rust. Pure and linear.</summary>
internal static class TraceWords
{
    private const int MaxTypeBytes = 200;

    private static readonly SearchValues<byte> Closers = SearchValues.Create("}])>;, \t"u8);
    private static readonly SearchValues<byte> TypeEnds = SearchValues.Create(": \t(\r\n"u8);

    public static bool IsBlank(ReadOnlySpan<byte> line) => line.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0;

    public static bool StartsBlank(ReadOnlySpan<byte> line) => line.Length > 0 && line[0] is (byte)' ' or (byte)'\t';

    /// <summary>Lines that belong to a trace wherever they stand.</summary>
    public static bool IsAlwaysContinuation(ReadOnlySpan<byte> line) =>
        (line.StartsWith("at "u8) && line.IndexOf((byte)'(') is > 3 and var open && IsName(line[3..open]))
        || line.StartsWith("Caused by: "u8) || line.StartsWith("Suppressed: "u8) || line.StartsWith("Wrapped by: "u8)
        || IsMore(line) || line.StartsWith("--- End of "u8) || line.StartsWith("--->"u8)
        || IsPythonChain(line)
        || line.StartsWith("Stack trace:"u8) || line.StartsWith("stack backtrace:"u8) || line.StartsWith("Stacktrace:"u8)
        || IsNumberedFrame(line)
        || IsOnlyClosers(line);

    public static bool IsPythonChain(ReadOnlySpan<byte> line) =>
        line.StartsWith("During handling of the above exception"u8) || line.StartsWith("The above exception was the direct cause"u8);

    public static bool IsTraceback(ReadOnlySpan<byte> line) => line.StartsWith("Traceback (most recent call last):"u8);

    public static bool IsGoPanic(ReadOnlySpan<byte> line) => line.StartsWith("panic: "u8) || line.StartsWith("fatal error: "u8);

    public static bool IsGoroutine(ReadOnlySpan<byte> line) => line.StartsWith("goroutine "u8) && line.EndsWith(":"u8);

    /// <summary>In a Go panic: goroutines, calls, signals, the exit.</summary>
    public static bool IsGoContinuation(ReadOnlySpan<byte> line) =>
        IsGoroutine(line) || line.StartsWith("created by "u8) || line.StartsWith("exit status "u8) || line.StartsWith("[signal "u8)
        || line.StartsWith("runtime: "u8) || (line.Length > 3 && line[^1] == ')' && line.IndexOf((byte)'(') > 0 && IsName(line[..line.IndexOf((byte)'(')]))
        || line.StartsWith("...additional frames elided"u8);

    public static bool IsRustPanic(ReadOnlySpan<byte> line) => line.StartsWith("thread '"u8) && line.IndexOf(" panicked at "u8) > 0;

    /// <summary>Node shows the place of an uncaught error with a caret below it.</summary>
    public static bool IsCaret(ReadOnlySpan<byte> line) => line.Trim(" \t"u8) is { Length: > 0 } trimmed && trimmed.IndexOfAnyExcept((byte)'^', (byte)'~') < 0;

    /// <summary><c>java.lang.IllegalStateException: text</c>, <c>System.TimeoutException: text</c>, <c>TypeError: text</c>, <c>KeyboardInterrupt</c> not.</summary>
    public static bool IsException(ReadOnlySpan<byte> line)
    {
        int end = line.IndexOfAny(TypeEnds);
        ReadOnlySpan<byte> type = end < 0 ? line : line[..end];
        bool named = type.Length is > 4 and <= MaxTypeBytes && IsName(type)
            && (type.EndsWith("Exception"u8) || type.EndsWith("Error"u8) || type.EndsWith("Throwable"u8) || type.EndsWith("Interrupt"u8));
        return named && (end < 0 || line[end] == ':' || line[end] is (byte)'\r' or (byte)'\n' || line[end..].StartsWith(" ["u8));
    }

    /// <summary>The last line of a Python traceback: <c>ValueError: text</c>, <c>KeyboardInterrupt</c>, <c>shop.Gone: text</c>.</summary>
    public static bool IsPythonEnd(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf(": "u8);
        ReadOnlySpan<byte> type = colon < 0 ? line.TrimEnd((byte)':') : line[..colon];
        return type.Length is > 0 and <= MaxTypeBytes && IsName(type);
    }

    private static bool IsMore(ReadOnlySpan<byte> line) => line.StartsWith("... "u8) && (line.EndsWith(" more"u8) || line.EndsWith(" common frames omitted"u8));

    /// <summary>PHP's <c>#0 /app/x.php(12): f()</c> and <c>#1 {main}</c>, gdb's <c>#0  0x…</c>.</summary>
    private static bool IsNumberedFrame(ReadOnlySpan<byte> line)
    {
        var cursor = new TextCursor(line);
        if (!cursor.Take((byte)'#') || !cursor.TakeNumber(1, 4, out int _) || cursor.Peek != ' ')
        {
            return false;
        }

        cursor.SkipSpaces();
        return cursor.Peek is (byte)'/' or (byte)'{' or (byte)'[' || cursor.Rest.StartsWith("0x"u8);
    }

    private static bool IsOnlyClosers(ReadOnlySpan<byte> line) =>
        line.Length is > 0 and <= 8 && line[0] is (byte)'}' or (byte)']' or (byte)')' && line.IndexOfAnyExcept(Closers) < 0;

    private static bool IsName(ReadOnlySpan<byte> name)
    {
        foreach (byte b in name)
        {
            bool part = TextCursor.IsLetter(b) || TextCursor.IsDigit(b) || b is (byte)'.' or (byte)'_' or (byte)'$' or (byte)'/' or (byte)'*' or (byte)'(' or (byte)')'
                or (byte)'-' or (byte)'+' or (byte)'`' or (byte)'[' or (byte)']';
            if (!part)
            {
                return false;
            }
        }

        return name.Length > 0 && (TextCursor.IsLetter(name[0]) || name[0] == '_');
    }
}
