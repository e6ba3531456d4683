using System.Text;
using LogView.Server.Ingest.Files;
using LogView.Server.Ingest.Files.Joining;
using LogView.Server.Ingest.Parsing;
using LogView.Tests.Ingest.Parsing;

namespace LogView.Tests.Ingest.Files;

public sealed class LineJoinerTests
{
    private const string Java = """
        2026-11-22 14:02:11,482 ERROR [main] c.s.Checkout - it failed
        java.lang.IllegalStateException: no stock
        	at c.s.Checkout.pay(Checkout.java:42)
        	at c.s.Checkout.main(Checkout.java:7)
        Caused by: java.io.IOException: broken pipe
        	at c.s.Net.send(Net.java:9)
        	... 3 more
        	Suppressed: java.lang.Exception: x
        """;

    private const string JavaBare = """
        Exception in thread "main" java.lang.IllegalStateException: no stock
        	at c.s.Checkout.pay(Checkout.java:42)
        Caused by: java.io.IOException: broken pipe
        	... 1 more
        """;

    private const string DotNet = """
        Unhandled exception. System.InvalidOperationException: no stock
         ---> System.TimeoutException: slow
           at Shop.Net.Send() in /src/Net.cs:line 9
           --- End of inner exception stack trace ---
           at Shop.Checkout.Pay() in /src/Checkout.cs:line 42
        --- End of stack trace from previous location ---
           at Program.Main()
        """;

    private const string DotNetLog = """
        2026-11-22 14:02:11.482 +09:00 [ERR] it failed
        System.InvalidOperationException: no stock
           at Shop.Checkout.Pay() in /src/Checkout.cs:line 42
        """;

    private const string MicrosoftConsole = """
        fail: Shop.Checkout[14]
              it failed
              System.InvalidOperationException: no stock
                 at Shop.Checkout.Pay()
        """;

    private const string Python = """
        2026-11-22 14:02:11,482 - shop - ERROR - it failed
        Traceback (most recent call last):
          File "/app/shop.py", line 42, in pay
            send()
        OSError: broken pipe

        During handling of the above exception, another exception occurred:

        Traceback (most recent call last):
          File "/app/shop.py", line 44, in pay
            raise NoStock("no stock")
        shop.NoStock: no stock
        """;

    private const string PythonBare = """
        Traceback (most recent call last):
          File "/app/shop.py", line 42, in pay
            send()
        KeyboardInterrupt
        """;

    private const string Go = """
        panic: runtime error: index out of range [5] with length 3 [recovered]
        	panic: again

        goroutine 1 [running]:
        main.(*Shop).Pay(0xc000012345, 0x5)
        	/app/shop.go:42 +0x1d
        main.main()
        	/app/main.go:7 +0x20
        created by main.start in goroutine 7
        	/app/main.go:3 +0x11
        exit status 2
        """;

    private const string Node = """
        TypeError: Cannot read properties of undefined (reading 'id')
            at pay (/app/shop.js:42:9)
            at Object.<anonymous> (/app/main.js:7:1) {
          code: 'E_STOCK',
          detail: [
            'x'
          ]
        }
        """;

    private const string NodeUncaught = """
        /app/main.js:7
            throw new Error('no stock');
            ^

        Error: no stock
            at Object.<anonymous> (/app/main.js:7:9)

        Node.js v20.11.0
        """;

    private const string Rust = """
        thread 'main' panicked at src/main.rs:2:5:
        no stock
        note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace
        """;

    private const string Php = """
        [22-Nov-2026 14:02:11 UTC] PHP Fatal error:  Uncaught Exception: no stock in /app/shop.php:42
        Stack trace:
        #0 /app/main.php(7): pay()
        #1 {main}
          thrown in /app/shop.php on line 42
        """;

    private const string Json = """
        {
          "a": 1,
          "b": [
            2
          ]
        }
        """;

    public static TheoryData<string> Traces => [Java, JavaBare, DotNet, DotNetLog, MicrosoftConsole, Python, PythonBare, Go, Node, NodeUncaught, Rust, Php, Json];

    [Theory]
    [MemberData(nameof(Traces))]
    public void Add_ATraceTwiceBetweenLines_IsOneEventEach(string trace)
    {
        List<string> events = Join($"2026-11-22 14:02:10,000 INFO before\n\n{trace}\n{trace}\n2026-11-22 14:02:12,000 INFO after\n", new MultilineOptions());

        Assert.Equal(["2026-11-22 14:02:10,000 INFO before", trace, trace, "2026-11-22 14:02:12,000 INFO after"], events);
    }

    [Fact]
    public void Add_OrdinaryLines_StayOnTheirOwn()
    {
        string[] lines =
        [
            "starting up", "listening on :80", "at five o'clock (sharp)", "Error rate is 5", "{\"a\":1}", "{\"a\":2}", "[INFO] x", "#1 in the list", "<13>Nov 22 14:02:11 h a: x",
            "192.0.2.1 - - [22/Nov/2026:14:02:11 +0900] \"GET / HTTP/1.1\" 200 145", "key=value other=value", "panic button pressed", "Node.js v20", "exit status 2",
        ];

        Assert.Equal(lines, Join(string.Join('\n', lines) + "\n", new MultilineOptions()));
    }

    [Fact]
    public void Add_FileWhoseEventsStartWithATime_OtherLinesContinue()
    {
        const string Events = "2026-11-22 14:02:10 INFO running\nSELECT *\nFROM stock\n\nWHERE id = 1";

        Assert.Equal([Events, "2026-11-22 14:02:11 INFO done"], Join(Events + "\n2026-11-22 14:02:11 INFO done\n", new MultilineOptions(), timeFirst: true));
        Assert.Equal(5, Join(Events + "\n2026-11-22 14:02:11 INFO done\n", new MultilineOptions()).Count);
    }

    [Theory]
    [InlineData("^BEGIN", null, "BEGIN a|x|y#BEGIN b|z")]
    [InlineData(null, "^[xyz]", "BEGIN a|x|y#BEGIN b|z")]
    [InlineData(null, null, "BEGIN a#x#y#BEGIN b#z")]
    public void Add_ConfiguredPatterns_Decide(string? start, string? continuation, string expected)
    {
        List<string> events = Join("BEGIN a\nx\ny\nBEGIN b\nz\n", new MultilineOptions { Start = start, Continuation = continuation });

        Assert.Equal(expected, string.Join('#', events).Replace('\n', '|'));
    }

    [Fact]
    public void Add_NotEnabled_EveryLineIsAnEvent() => Assert.Equal(["a", "\tb", "\tc"], Join("a\n\tb\n\n\tc\n", new MultilineOptions { Enabled = false }));

    [Fact]
    public void Add_PastTheLimits_TheEventEndsAndIsMarked()
    {
        Recorder recorder = new();
        LineJoiner joiner = new(new JoinRules(new MultilineOptions { MaxLines = 3, MaxBytes = 20 }));
        Feed(joiner, "a\n\tb\n\tc\n\td\n\te\nlong enough line\n\tand more\n", recorder, timeFirst: false);

        Assert.Equal(["a\n\tb\n\tc", "\td\n\te", "long enough line", "\tand more"], recorder.Texts);
        Assert.Equal(LineFlags.Multiline | LineFlags.Limited, recorder.Spans[0].Flags);
        Assert.Equal(LineFlags.Limited, recorder.Spans[2].Flags);
    }

    [Fact]
    public void Add_Offsets_CoverTheFileWithoutGaps()
    {
        Recorder recorder = new();
        LineJoiner joiner = new(new JoinRules(new MultilineOptions()));
        string text = $"{Java}\nplain\n{Python}\n{Go}\n";

        Feed(joiner, text, recorder, timeFirst: false);

        Assert.Equal(0, recorder.Spans[0].Start);
        Assert.Equal(text.Length, recorder.Spans[^1].End);
        for (int i = 1; i < recorder.Spans.Count; i++)
        {
            Assert.Equal(recorder.Spans[i - 1].End, recorder.Spans[i].Start);
        }
    }

    private static List<string> Join(string text, MultilineOptions options, bool timeFirst = false)
    {
        Recorder recorder = new();
        Feed(new LineJoiner(new JoinRules(options)), text, recorder, timeFirst);
        return recorder.Texts;
    }

    private static void Feed(LineJoiner joiner, string text, Recorder recorder, bool timeFirst)
    {
        LineLayout layout = new(LineFormat.Auto, TimeFirst: timeFirst);
        long offset = 0;
        foreach (string line in text.Split('\n')[..^1])
        {
            joiner.Add(Encoding.UTF8.GetBytes(line), new LineSpan(offset, offset + line.Length + 1, LineFlags.None), layout, ParsingContext.Utc, recorder);
            offset += line.Length + 1;
        }

        joiner.Flush(recorder);
    }

    private sealed class Recorder : IJoinedLines
    {
        public List<string> Texts { get; } = [];

        public List<LineSpan> Spans { get; } = [];

        public void Take(ReadOnlySpan<byte> text, LineSpan span)
        {
            Texts.Add(Encoding.UTF8.GetString(text));
            Spans.Add(span);
        }
    }
}
