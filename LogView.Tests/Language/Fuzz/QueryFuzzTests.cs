using System.Diagnostics;
using System.Globalization;
using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Client.Language;
using LogView.Client.Language.Completion;
using LogView.Client.Language.Text;
using LogView.Tests.Testing;

namespace LogView.Tests.Language.Fuzz;

/// <summary>
/// Millions of near-queries through parser, printer, date math, completion and matcher: no exception, no hang. <c>LOGVIEW_FUZZ</c> sets how many,
/// <c>LOGVIEW_SEED</c> (a number) where to start. Problems found are kept below.
/// </summary>
public sealed class QueryFuzzTests
{
    private const int DefaultInputs = 100_000;
    /// <summary>Far beyond any input, and beyond a machine that is busy with other things.</summary>
    private const int HangMilliseconds = 30_000;

    private static readonly string[] Pieces =
    [
        " ", " ", " ", "(", ")", ":", ": ", "\"", "\"", "{", "}", "[", "]", " and ", " or ", "not ", " AND ", " OR ", "NOT ", ">=", "<", ">", "~", "~5", "^2", "/", "\\", "+", "-", "!", "*", "?",
        "&&", "||", "=", "_exists_:", "message", "log.level", "@timestamp", "error", "500", "10.0.0.0/8", "fe80::1", "now-1d/d", "now", "||+1M", "/w", "2026-11-22", "T05:02:11.123", " TO ",
        "결제", "결", "é", "e\u0301", "ａ", "\u3000", "\u00a0", "\n", "\t", "\0", "\ud83d", "😀", "“", "\\u0041", "\\n", "(a|b)*", "[a-z", "\\b", "{5,}", "'", ".", ",", "1.5", "true", "null", "999999999999",
    ];

    private static readonly LogEvent Event = new()
    {
        Id = default,
        DataStream = default,
        Timestamp = new Timestamp(1_793_491_200_000_000_000),
        Source = Encoding.UTF8.GetBytes("""
            {"message":"error 결제실패 é (timeout) fe80::1 now","log":{"level":"error"},"n":500,"f":1.5,"b":true,"ip":"10.1.2.3","d":"2026-11-22T05:02:11Z","a":["error","😀"]}
            """),
    };

    [Fact]
    [Trait("Kind", "slow")]
    public void Language_ManyNearQueries_NeverThrowsOrHangs()
    {
        int inputs = int.TryParse(Environment.GetEnvironmentVariable("LOGVIEW_FUZZ"), CultureInfo.InvariantCulture, out int given) ? given : DefaultInputs;
        int seed = int.TryParse(Seed.Value, CultureInfo.InvariantCulture, out int chosen) ? chosen : Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"LOGVIEW_SEED={seed}");

        Parallel.For(0, Environment.ProcessorCount, worker =>
        {
            var random = new Random(unchecked(seed + worker));
            for (int i = worker; i < inputs; i += Environment.ProcessorCount)
            {
                string text = Make(random);
                long start = Stopwatch.GetTimestamp();
                Try(text, random.Next(text.Length + 1), everything: i % 16 == 0);
                Assert.True(Stopwatch.GetElapsedTime(start).TotalMilliseconds < HangMilliseconds, $"{Escaped(text)} took {Stopwatch.GetElapsedTime(start)}");
            }
        });
    }

    /// <summary>What fuzzing has found before.</summary>
    [Theory]
    [InlineData("x <= not")]
    [InlineData("a\\\n")]
    [InlineData("( OR  : ")]
    [InlineData("(d\u3000(:\"")]
    [InlineData("{ service.name: TO }")]
    [InlineData("a: { service.name: TO y }")]
    [InlineData("p: { not TO >= \"x\" }")]
    [InlineData("f<\"quoted\" rest")]
    [InlineData("a\\:b~1")]
    [InlineData("\u00a0~")]
    [InlineData("f(a)*\\\t and ")]
    [InlineData("*\\\t")]
    [InlineData("not f:\\ OR  or ")]
    [InlineData("_exists_:\"\"null")]
    [InlineData("\\n\u00a0:e\u0301")]
    [InlineData("_exists_: \u00a0.결제?")]
    [InlineData(":999999999999(\u4878message~true")]
    [InlineData("(:a")]
    [InlineData("\uFF41\u69D5 _exists_:\\*")]
    [InlineData("_exists_:*")]
    public void Language_InputThatFailedOnce_Holds(string text)
    {
        for (int cursor = 0; cursor <= text.Length; cursor++)
        {
            Try(text, cursor, everything: true);
        }
    }

    private static string Make(Random random)
    {
        var text = new StringBuilder();
        int pieces = random.Next(1, 16);
        for (int i = 0; i < pieces; i++)
        {
            text.Append(random.Next(20) == 0 ? ((char)random.Next(char.MaxValue)).ToString() : Pieces[random.Next(Pieces.Length)]);
        }

        return text.ToString();
    }

    private static void Try(string text, int cursor, bool everything)
    {
        try
        {
            ParseResult logView = Parse(text, QueryLanguage.LogView, everything);
            ParseResult lucene = Parse(text, QueryLanguage.Lucene, everything);
            DateMathResult date = DateMath.Resolve(text, Event.Timestamp, TimeZoneInfo.Utc, roundUp: everything);
            CompletionContext context = QueryCompletion.At(text, cursor);
            Assert.True(date.Value is null != date.Error is null);
            Assert.True(context.Start <= cursor && cursor <= context.End, "completion is not at the cursor");
            CompletionContext lucenePlace = QueryCompletion.At(text, cursor, QueryLanguage.Lucene);
            Assert.True(lucenePlace.Start <= cursor && cursor <= lucenePlace.End, "Lucene's completion is not at the cursor");
            if (everything)
            {
                TryNode(logView.Node, text);
                TryNode(lucene.Node, text);
            }
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{Escaped(text)} at {cursor}: {e.Message}", e);
        }
    }

    /// <summary>Suggestions try many texts each, so most inputs go without.</summary>
    private static ParseResult Parse(string text, QueryLanguage language, bool suggest) =>
        suggest ? QueryParser.Parse(text, language) : QueryParser.ParseOnly(text, language);

    private static void TryNode(QueryNode? node, string text)
    {
        Assert.Equal(TextFolding.Fold(text), TextFolding.Fold(TextFolding.Fold(text)));
        if (node is null)
        {
            return;
        }

        Assert.Equal(node, QueryParser.Parse(QueryPrinter.Print(node)).Node);
        bool matches = Matcher.Compile(node, Event.Timestamp, TimeZoneInfo.Utc).Matches(Event);
        Assert.Equal(!matches, Matcher.Compile(new NotNode(node), Event.Timestamp, TimeZoneInfo.Utc).Matches(Event));
        Assert.All(Highlighter.Ranges(node, "message", text), r => Assert.True(r.Length > 0 && r.End <= text.Length));
    }

    private static string Escaped(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
