using System.Diagnostics;
using System.Text;
using System.Text.Json;
using CsCheck;
using LogView.Client.Contracts.Events;
using LogView.Server.Ingest.Parsing;
using LogView.Tests.Testing;

namespace LogView.Tests.Ingest.Parsing;

public sealed class LineParserPropertyTests
{
    private static readonly string[] Scraps =
    [
        "2026-11-22 14:02:11,482 ", "2026-11-22T14:02:11Z ", "Nov 22 14:02:11 ", "[22/Nov/2026:14:02:11 +0900] ", "<13>", "<13>1 ", "I1122 14:02:11.482000 12 a.go:1] ",
        "ERROR ", "[INFO] ", "warn: ", "12345 --- ", "[main] ", "c.s.Checkout - ", "sshd[12]: ", "\"GET / HTTP/1.1\" ", "200 145 ", "192.0.2.1 - - ", "[id a=\"b\"] ",
        "level=info ", "msg=\"x\\\"", "time=1795356131 ", "{\"a\":1}", "{\"a\":", "\"", "\\", "[", "]", "=", ":", "-", "|", " ", "\t", "결제실패", "\0", "\uFEFF", "1117838570 ",
    ];

    private static readonly Gen<string> Line = Gen.OneOf(Gen.Int[0, Scraps.Length - 1].Select(i => Scraps[i]), Gen.Char.Select(c => char.IsSurrogate(c) ? "?" : c.ToString()), Gen.Int.Select(i => $"{i}"))
        .Array[0, 24].Select(string.Concat);

    private static readonly Gen<LineLayout> Layout = Gen.Select(Gen.Enum<LineFormat>(), Gen.Int[-1, 5], Gen.Bool)
        .Select((format, word, time) => new LineLayout(format, word < 0 ? null : word, time));

    [Fact]
    public void Parse_AnyLineByAnyLayout_NeverThrowsAndKeepsTheLine() =>
        Gen.Select(Line, Layout).Sample(
            (text, layout) =>
            {
                byte[] bytes = Encoding.UTF8.GetBytes(text);
                ParsedLine line = new();
                LineParser.Parse(bytes, layout, ParsingContext.Utc, line);

                LineEventWriter writer = new();
                EventFields source = EventFlattener.Flatten(writer.Source(bytes, line).Span);
                EventFields derived = EventFlattener.Flatten(writer.Derived(line, [("log.offset", FieldValue.Of(1))], ["truncated"]).Span);

                bool kept = line.IsJson || source.First("message").ToString() == text || source.First("event.original").ToString() == text;
                return kept && derived.First("log.offset").AsLong() == 1 && derived.First("log.flags").AsString() == "truncated";
            },
            seed: Seed.Value, iter: 20_000);

    [Fact]
    public void Parse_AnyBytes_NeverThrows() =>
        Gen.Select(Gen.Byte.Array[0, 200], Layout).Sample(
            (bytes, layout) => LineParser.Parse(bytes, layout, ParsingContext.Utc, new ParsedLine()), seed: Seed.Value, iter: 20_000);

    [Fact]
    public void Detect_AnyLines_NeverThrows() =>
        Line.Array[0, 30].Sample(
            lines => LayoutDetector.Detect([.. lines.Select(l => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(l))], ParsingContext.Utc),
            seed: Seed.Value, iter: 500);

    [Theory]
    [InlineData("[")]
    [InlineData("\"")]
    [InlineData("\\")]
    [InlineData("a=\"")]
    [InlineData("<1>1 - - - - - [a b=\"")]
    [InlineData(" - ")]
    [InlineData("[x] ")]
    [InlineData("1 ")]
    [InlineData("ERROR:")]
    [InlineData("{\"a\":")]
    public void Parse_AMegabyteOfOneScrap_IsLinear(string scrap)
    {
        byte[] small = Repeat(scrap, 64 * 1024);
        byte[] large = Repeat(scrap, 1024 * 1024);
        TimeSpan first = Measure(small);

        TimeSpan second = Measure(large);

        // 16 times the text; quadratic work would be 256 times. The floor keeps a noisy machine out of it.
        Assert.True(second < TimeSpan.FromTicks(Math.Max(first.Ticks, TimeSpan.TicksPerMillisecond) * 100), $"{first} then {second}");
    }

    [Fact]
    public void Source_AJsonLine_IsTheLineItself()
    {
        ParsedLine line = new();
        byte[] text = Encoding.UTF8.GetBytes("{\"b\" : 1.0,\"a\":\"가\"} ");

        LineParser.Parse(text, new LineLayout(LineFormat.Auto), ParsingContext.Utc, line);

        Assert.Equal("{\"b\" : 1.0,\"a\":\"가\"}", Encoding.UTF8.GetString(new LineEventWriter().Source(text, line).Span));
    }

    [Fact]
    public void Derived_ALineNamesAReservedField_TheFilesOwnValueWins()
    {
        ParsedLine line = new();
        LineParser.Parse("level=info log.offset=7 log.offset=8 @timestamp=x a=1 a=2"u8, new LineLayout(LineFormat.Logfmt), ParsingContext.Utc, line);

        string json = Encoding.UTF8.GetString(new LineEventWriter().Derived(line, [("log.offset", FieldValue.Of(1))], []).Span);

        Assert.Equal("{\"log.level\":\"info\",\"log.offset\":1,\"level\":\"info\",\"a\":1}", json);
        JsonDocument.Parse(json).Dispose();
    }

    private static byte[] Repeat(string scrap, int bytes) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(scrap, bytes / scrap.Length)));

    private static TimeSpan Measure(byte[] text)
    {
        ParsedLine line = new();
        TimeSpan best = TimeSpan.MaxValue;
        for (int i = 0; i < 3; i++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            foreach (LineFormat format in Enum.GetValues<LineFormat>())
            {
                LineParser.Parse(text, new LineLayout(format, 3), ParsingContext.Utc, line);
            }

            best = watch.Elapsed < best ? watch.Elapsed : best;
        }

        return best;
    }
}
