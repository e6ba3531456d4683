namespace LogView.Client.Shared.Traces;

/// <summary>One call of a stack trace.</summary>
/// <param name="First">Its first line.</param>
/// <param name="Last">Its last line.</param>
/// <param name="IsFramework">It is code of a framework or of the language itself, not of the program.</param>
/// <param name="IsCalleeLast">The trace names the innermost call last, as Python does.</param>
public readonly record struct TraceFrame(int First, int Last, bool IsFramework, bool IsCalleeLast = false);

/// <summary>
/// Finds the calls in a stack trace as Java, .NET, JavaScript, Python, Go, Ruby, PHP and Rust write them, by looking at each line once. Whose code a call is, is told by the names and folders
/// that frameworks have everywhere; what is not known is taken for the program's own.
/// </summary>
public static class TraceFrames
{
    /// <summary>Lines that belong to a call of Python below the one with its file: its code, marks below that, how often it is repeated.</summary>
    private const int MaxPythonLines = 4;

    private static readonly string[] Packages =
    [
        "java.", "javax.", "jakarta.", "jdk.", "sun.", "com.sun.", "kotlin.", "kotlinx.", "scala.", "groovy.", "org.codehaus.groovy.", "org.springframework.", "org.apache.", "org.hibernate.", "org.eclipse.",
        "org.jboss.", "org.glassfish.", "org.junit.", "org.mybatis.", "org.postgresql.", "org.aspectj.", "org.gradle.", "org.slf4j.", "ch.qos.logback.", "io.netty.", "io.undertow.", "io.grpc.", "io.micronaut.",
        "io.quarkus.", "io.vertx.", "io.reactivex.", "io.micrometer.", "reactor.", "rx.", "akka.", "feign.", "okhttp3.", "retrofit2.", "net.bytebuddy.", "net.sf.cglib.", "com.zaxxer.hikari.", "com.fasterxml.", "com.mysql.",
        "com.google.common.", "com.google.inject.", "System.", "Microsoft.", "Npgsql.", "Grpc.", "Newtonsoft.", "Castle.", "Autofac.", "Polly.", "MediatR.", "Dapper.", "StackExchange.", "Serilog.", "Quartz.", "Xunit.",
    ];

    private static readonly string[] AtMarks = ["node_modules/", "node_modules\\", "node:", "(internal/", "/rustc/", "/.cargo/", "$$FastClassBy", "$$EnhancerBy", "$$SpringCGLIB$$", "lambda_method"];
    private static readonly string[] PythonMarks = ["site-packages", "dist-packages", "/lib/python", "\\lib\\", "\\Lib\\", "<frozen "];
    private static readonly string[] GoMarks = ["/usr/local/go/", "/usr/lib/go", "/libexec/src/", "/sdk/go", "/pkg/mod/", "/vendor/"];
    private static readonly string[] RubyMarks = ["/gems/", "/lib/ruby/", "<internal:"];
    private static readonly string[] PhpMarks = ["/vendor/", "[internal function]"];

    /// <param name="lines">Of the whole text, without their ends.</param>
    public static List<TraceFrame> Of(IReadOnlyList<ReadOnlyMemory<char>> lines)
    {
        List<TraceFrame> frames = [];
        for (int i = 0; i < lines.Count; i++)
        {
            if (At(lines, i) is { } frame)
            {
                frames.Add(frame);
                i = frame.Last;
            }
        }

        return frames;
    }

    private static TraceFrame? At(IReadOnlyList<ReadOnlyMemory<char>> lines, int i)
    {
        ReadOnlySpan<char> line = lines[i].Span, text = line.TrimStart();
        if (text.StartsWith("File \"", StringComparison.Ordinal) && text.Contains("\", line ", StringComparison.Ordinal))
        {
            return new TraceFrame(i, PythonEnd(lines, i), Has(text, PythonMarks), IsCalleeLast: true);
        }

        if (text.Length < line.Length && AfterAt(text) is { Length: > 0 } call)
        {
            return new TraceFrame(i, i, Has(call, AtMarks) || IsOfPackage(call));
        }

        if (text.StartsWith("--- End of stack trace", StringComparison.Ordinal) || text.StartsWith("--- 이전 위치의 스택 추적 끝", StringComparison.Ordinal))
        {
            return new TraceFrame(i, i, IsFramework: true);
        }

        if (text.StartsWith("from ", StringComparison.Ordinal) && text.Contains(":in ", StringComparison.Ordinal))
        {
            return new TraceFrame(i, i, Has(text, RubyMarks));
        }

        bool isPhp = IsNumbered(text, '#', ' ') && (text.Contains("): ", StringComparison.Ordinal) || text.Contains("[internal function]", StringComparison.Ordinal));
        return isPhp ? new TraceFrame(i, i, Has(text, PhpMarks)) : OfTwoLines(lines, i);
    }

    /// <summary>Go and Rust name the function in one line, its place in the next.</summary>
    private static TraceFrame? OfTwoLines(IReadOnlyList<ReadOnlyMemory<char>> lines, int i)
    {
        if (i + 1 == lines.Count)
        {
            return null;
        }

        ReadOnlySpan<char> line = lines[i].Span, next = lines[i + 1].Span, place = next.TrimStart();
        if (line is [not (' ' or '\t'), ..] && next.StartsWith("\t", StringComparison.Ordinal) && place.Contains(".go:", StringComparison.Ordinal))
        {
            return new TraceFrame(i, i + 1, Has(place, GoMarks));
        }

        bool isRust = IsNumbered(line.TrimStart(), null, ':') && place.StartsWith("at ", StringComparison.Ordinal) && place.Contains(".rs:", StringComparison.Ordinal);
        return isRust ? new TraceFrame(i, i + 1, Has(place, AtMarks)) : null;
    }

    private static int PythonEnd(IReadOnlyList<ReadOnlyMemory<char>> lines, int first)
    {
        int indent = Indent(lines[first].Span), last = first;
        while (last + 1 < lines.Count && last - first < MaxPythonLines && Indent(lines[last + 1].Span) > indent)
        {
            last++;
        }

        return last;
    }

    /// <summary>What comes after the word for a call: in Java, JavaScript and .NET, also of a Korean Windows.</summary>
    private static ReadOnlySpan<char> AfterAt(ReadOnlySpan<char> text) =>
        text.StartsWith("at ", StringComparison.Ordinal) ? text[3..] : text.StartsWith("위치: ", StringComparison.Ordinal) ? text[4..] : [];

    /// <summary>The module before the name is left out: <c>java.base/java.lang.Thread.run</c>, <c>app//org.junit.…</c>.</summary>
    private static bool IsOfPackage(ReadOnlySpan<char> call)
    {
        int end = call.IndexOf('(');
        ReadOnlySpan<char> name = end < 0 ? call : call[..end];
        name = name[(name.LastIndexOf('/') + 1)..];
        foreach (string package in Packages)
        {
            if (name.StartsWith(package, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Has(ReadOnlySpan<char> text, string[] marks)
    {
        foreach (string mark in marks)
        {
            if (text.Contains(mark, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary><c>#12 </c> or <c>12: </c>.</summary>
    private static bool IsNumbered(ReadOnlySpan<char> text, char? before, char after)
    {
        ReadOnlySpan<char> rest = before is { } sign ? text is [var first, ..] && first == sign ? text[1..] : [] : text;
        int digits = rest.IndexOfAnyExceptInRange('0', '9');
        return digits > 0 && rest[digits] == after;
    }

    private static int Indent(ReadOnlySpan<char> line) => line.Length - line.TrimStart(" \t").Length;
}
