using System.Text;
using System.Text.Json;
using LogView.Client.Contracts.Events;
using LogView.Server.Ingest.Pipeline;

namespace LogView.Tests.Ingest.Pipeline;

public sealed class EventPipelineTests
{
    /// <summary>2026-11-22T05:02:11.482Z.</summary>
    private const long Instant = 1_795_323_731_482;

    private static readonly Timestamp Arrival = Timestamp.FromUnixMilliseconds(1_795_400_000_000);

    [Theory]
    [InlineData("""{"@timestamp":"2026-11-22T05:02:11.482Z"}""")]
    [InlineData("""{"timestamp":"2026-11-22T14:02:11.482+09:00"}""")]
    [InlineData("""{"time":"2026-11-22 05:02:11,482"}""")]
    [InlineData("""{"ts":1795323731.482}""")]
    [InlineData("""{"ts":1.795323731482e9}""")]
    [InlineData("""{"time":1795323731482}""")]
    [InlineData("""{"time":1795323731482000}""")]
    [InlineData("""{"time":1795323731482000000}""")]
    [InlineData("""{"time":"1795323731482"}""")]
    [InlineData("""{"@t":"2026-11-22T05:02:11.4820000Z","@mt":"x"}""")]
    [InlineData("""{"datetime":"2026-11-22T05:02:11.482"}""")]
    [InlineData("""{"eventTime":"2026-11-22T05:02:11.482Z"}""")]
    [InlineData("""{"asctime":"2026-11-22 05:02:11,482"}""")]
    [InlineData("""{"log":{"timestamp":"2026-11-22T05:02:11.482Z"}}""")]
    [InlineData("""{"log.timestamp":"2026-11-22T05:02:11.482Z"}""")]
    [InlineData("""{"Timestamp":"2026-11-22T05:02:11.482Z"}""")]
    [InlineData("""{"t":{"$date":"2026-11-22T05:02:11.482+00:00"},"s":"I"}""")]
    [InlineData("""{"MESSAGE":"x","__REALTIME_TIMESTAMP":"1795323731482000"}""")]
    [InlineData("""{"date":"not a time","time":"2026-11-22T05:02:11.482Z"}""")]
    [InlineData("""{"time":"2020-01-01T00:00:00Z","@timestamp":"2026-11-22T05:02:11.482Z"}""")]
    [InlineData("""{"@timestamp":"2026-11-22T05:02:11.482Z","time":"2020-01-01T00:00:00Z"}""")]
    public void Time_InAnyUsualFieldAndForm_IsTheEventsTime(string source)
    {
        PipelineResult result = Run(source);

        Assert.Equal(Timestamp.FromUnixMilliseconds(Instant), result.Timestamp);
        Assert.DoesNotContain("logview.", Text(result.Derived));
    }

    [Theory]
    [InlineData("""{"date":"Sun, 22 Nov 2026 05:02:11 GMT"}""", 1_795_323_731_000)]
    [InlineData("""{"date":"Sun, 22 Nov 2026 14:02:11 +0900"}""", 1_795_323_731_000)]
    [InlineData("""{"time":"22/Nov/2026:14:02:11 +0900"}""", 1_795_323_731_000)]
    [InlineData("""{"time":"[22/Nov/2026:14:02:11 +0900]"}""", 1_795_323_731_000)]
    [InlineData("""{"time":"Nov 22 05:02:11"}""", 1_795_323_731_000)]
    [InlineData("""{"@timestamp":"2026-11-22"}""", 1_795_305_600_000)]
    [InlineData("""{"@timestamp":"2026-11-22T05:02Z"}""", 1_795_323_720_000)]
    public void Time_WithoutFraction_IsRead(string source, long milliseconds) =>
        Assert.Equal(Timestamp.FromUnixMilliseconds(milliseconds), Run(source).Timestamp);

    [Fact]
    public void Time_WithNanoseconds_KeepsThem() =>
        Assert.Equal(Instant * 1_000_000 + 123_456, Run("""{"@timestamp":"2026-11-22T05:02:11.482123456Z"}""").Timestamp.UnixNanoseconds);

    [Fact]
    public void Time_WithoutZone_IsInTheConfiguredOne()
    {
        var options = new PipelineOptions { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Seoul") };

        Assert.Equal(Instant, Run("""{"time":"2026-11-22 14:02:11.482"}""", options).Timestamp.UnixMilliseconds);
    }

    [Theory]
    [InlineData("{}", null)]
    [InlineData("""{"message":"no time"}""", null)]
    [InlineData("""{"time":"yesterday"}""", "time")]
    [InlineData("""{"time":12.5}""", "time")]
    [InlineData("""{"@timestamp":"2026-13-45T99:00:00Z","date":"x"}""", "@timestamp")]
    [InlineData("""{"timestamp":1e300}""", "timestamp")]
    [InlineData("""{"timestamp":99999999999999999999999999999}""", "timestamp")]
    public void Time_AbsentOrUnusable_IsTheArrivalAndMarked(string source, string? unusable)
    {
        PipelineResult result = Run(source);

        Assert.Equal(Arrival, result.Timestamp);
        Assert.Equal("arrival", Field(result, "logview.timestamp_from"));
        Assert.Equal(unusable, Field(result, "logview.timestamp_unusable"));
    }

    [Theory]
    [InlineData("\"level\":\"WARNING\"", "warn")]
    [InlineData("\"level\":\"Information\"", "info")]
    [InlineData("\"Level\":\"Error\"", "error")]
    [InlineData("\"severity\":\"EMERGENCY\"", "fatal")]
    [InlineData("\"lvl\":\"dbug\"", "debug")]
    [InlineData("\"level\":\"W\"", "warn")]
    [InlineData("\"level\":\"e\"", "error")]
    [InlineData("\"level\":30", "info")]
    [InlineData("\"level\":10", "trace")]
    [InlineData("\"level\":60", "fatal")]
    [InlineData("\"level\":35", "info")]
    [InlineData("\"level\":3", "error")]
    [InlineData("\"PRIORITY\":\"6\"", "info")]
    [InlineData("\"level\":400,\"level_name\":\"ERROR\"", "error")]
    [InlineData("\"log\":{\"level\":\"ERROR\"}", "error")]
    [InlineData("\"log.level\":\"Verbose\"", "trace")]
    [InlineData("\"level\":\"nonsense\",\"severity\":\"ERROR\"", "error")]
    [InlineData("\"severity\":\"ERROR\",\"level\":\"info\"", "info")]
    public void Level_OfAnyLibrary_IsNormalised(string member, string level) => Assert.Equal(level, Field(Run($"{{{member}}}"), "log.level"));

    [Theory]
    [InlineData("\"log\":{\"level\":\"error\"}")]
    [InlineData("\"log.level\":\"error\"")]
    [InlineData("\"level\":\"nonsense\"")]
    [InlineData("\"level\":77")]
    [InlineData("\"level\":null")]
    [InlineData("\"level\":[\"error\"]")]
    public void Level_NormalAlreadyOrNone_IsNotDerived(string member) => Assert.Null(Field(Run($"{{{member}}}"), "log.level"));

    [Theory]
    [InlineData("""{"msg":"a \"quoted\" line\n"}""", "message", "a \"quoted\" line\n")]
    [InlineData("""{"log":"결제 실패"}""", "message", "결제 실패")]
    [InlineData("""{"short_message":"gelf","host":"web-1"}""", "host.name", "web-1")]
    [InlineData("""{"service":"cart"}""", "service.name", "cart")]
    [InlineData("""{"traceId":"abc","spanId":"def"}""", "trace.id", "abc")]
    [InlineData("""{"dd":{"trace_id":"123"}}""", "trace.id", "123")]
    [InlineData("""{"err":{"type":"E","message":"boom","stack":"E: boom\n at x"}}""", "error.stack_trace", "E: boom\n at x")]
    [InlineData("""{"err":{"type":"E","message":"boom","stack":"E: boom\n at x"}}""", "error.message", "boom")]
    [InlineData("""{"@t":"2026-11-22T05:02:11Z","@x":"System.Exception: x"}""", "error.stack_trace", "System.Exception: x")]
    [InlineData("""{"logger_name":"com.shop.Cart","thread_name":"main"}""", "log.logger", "com.shop.Cart")]
    [InlineData("""{"logger_name":"com.shop.Cart","thread_name":"main"}""", "process.thread.name", "main")]
    [InlineData("""{"hostname":"h","pid":42}""", "process.pid", "42")]
    public void KnownNames_GetTheirEcsName(string source, string name, string value) => Assert.Equal(value, Field(Run(source), name));

    [Theory]
    [InlineData("""{"@timestamp":"2026-11-22T05:02:11Z","message":"m","host":{"name":"h"},"service":{"name":"s"},"trace":{"id":"t"},"log":{"level":"info"}}""")]
    [InlineData("""{"@timestamp":"2026-11-22T05:02:11Z","host.name":"h","service.name":"s","error.stack_trace":"x","nested":{"level":"ERROR","time":"x"}}""")]
    public void Source_InTheSchemaAlready_GetsNothingBeside(string source) => Assert.True(Run(source).Derived.IsEmpty);

    [Theory]
    [InlineData("""{"@t":"2026-11-22T05:02:11Z","@mt":"Hello, {User}! {Count:000} {@Cart} {Missing} {{x}}","User":"김 \"민수\"","Count":7,"Cart":{"a":"b"},"@r":["007"]}""", "Hello, 김 \"민수\"! 007 {\"a\":\"b\"} {Missing} {x}")]
    [InlineData("""{"@t":"2026-11-22T05:02:11Z","@mt":"{Unclosed and } {a,10}","a":true}""", "{Unclosed and } true")]
    [InlineData("""{"@t":"2026-11-22T05:02:11Z","@mt":"template {A}","@m":"rendered","A":1}""", "rendered")]
    [InlineData("""{"@t":"2026-11-22T05:02:11Z","@mt":"{A:00}","A":1,"@r":"error"}""", "1")]
    [InlineData("""{"@t":"2026-11-22T05:02:11Z","@mt":"{A:00}","A":1,"@r":7}""", "1")]
    [InlineData("""{"@t":"2026-11-22T05:02:11Z","@r":["01"],"@mt":"{A:00}","A":1,"@r":"error"}""", "01")]
    public void Clef_MessageIsRendered(string source, string message)
    {
        PipelineResult result = Run(source);

        Assert.Equal(message, Field(result, "message"));
        Assert.Equal("info", Field(result, "log.level"));
    }

    [Theory]
    [InlineData("", "expected a JSON object, found nothing")]
    [InlineData("[1]", "expected a JSON object, found an array")]
    [InlineData("\"x\"", "expected a JSON object, found a string")]
    [InlineData("{\"a\":", "not a JSON object:")]
    [InlineData("{\"a\":1}x", "not a JSON object:")]
    [InlineData("{'a':1}", "not a JSON object:")]
    public void Source_NotAnObject_IsRefusedWithTheReason(string source, string reason) => Assert.StartsWith(reason, Run(source).Reason);

    [Fact]
    public void Source_IsKeptByteForByte()
    {
        const string Source = "{ \"a\" : 1.50,\t\"a\":2, \"b\":\"\\u0041\" }";

        Assert.Equal(Source, Text(Run(" \r\n" + Source + "\n").Source));
    }

    [Fact]
    public void Given_DerivedFields_StandFirstAndAreNotRepeated()
    {
        PipelineResult result = Run("""{"level":"error","msg":"m"}""", given: """{"log.level":"warn","log.file.path":"/x"}""");

        Assert.Equal("""{"log.level":"warn","log.file.path":"/x","message":"m","logview.timestamp_from":"arrival"}""", Text(result.Derived));
    }

    [Fact]
    public void Source_TooLong_IsCutAndMarked()
    {
        string text = string.Concat(Enumerable.Repeat("결제\\n", 400_000));

        PipelineResult result = Run($$"""{"message":"{{text}}","after":"kept","level":"error"}""");

        Assert.InRange(result.Source.Length, EventLimits.MaxEventBytes / 3, EventLimits.MaxEventBytes);
        using JsonDocument cut = JsonDocument.Parse(result.Source);
        Assert.StartsWith("결제\n결제\n", cut.RootElement.GetProperty("message").GetString());
        Assert.Equal("kept", cut.RootElement.GetProperty("after").GetString());
        Assert.Equal("error", Field(result, "log.level"));
        Assert.Equal("true", Field(result, "logview.truncated"));
        Assert.True(int.Parse(Field(result, "logview.original_bytes")!) > 3_000_000);
    }

    [Fact]
    public void Source_TooLongInManyMembers_IsStillAnObject()
    {
        string members = string.Join(",", Enumerable.Range(0, 60_000).Select(i => $"\"field{i}\":{{\"x\":[{i},\"some text\"]}}"));

        PipelineResult result = Run($"{{{members}}}");

        Assert.InRange(result.Source.Length, EventLimits.MaxEventBytes / 2, EventLimits.MaxEventBytes);
        using JsonDocument cut = JsonDocument.Parse(result.Source);
        Assert.Equal(0, cut.RootElement.GetProperty("field0").GetProperty("x")[0].GetInt32());
        Assert.Equal("true", Field(result, "logview.truncated"));
        Assert.NotNull(Field(result, "logview.fields_left_out"));
    }

    [Theory]
    [InlineData(64, false)]
    [InlineData(65, true)]
    [InlineData(900, true)]
    public void Source_Deep_KeepsItsDepthsAsText(int depth, bool asText)
    {
        string source = $"{{\"message\":\"m\",\"d\":{string.Concat(Enumerable.Repeat("{\"d\":", depth - 1))}\"x\"{new string('}', depth - 1)}}}";

        PipelineResult result = Run(source);

        Assert.Null(result.Reason);
        Assert.Equal(asText ? "true" : null, Field(result, "logview.nested_as_text"));
        Assert.Equal(asText, Text(result.Source) != source);
        EventFields fields = EventFlattener.Flatten(result.Source.Span);
        Assert.Contains(fields, f => f.Values[0].ToString().Contains('x'));
    }

    [Fact]
    public void Source_5000LevelsDeep_IsRefused() =>
        Assert.StartsWith("not a JSON object", Run(string.Concat(Enumerable.Repeat("{\"a\":", 5_000)) + "1" + new string('}', 5_000)).Reason);

    [Fact]
    public void Source_WithInvalidUtf8_IsRepairedAndMarked()
    {
        byte[] source = [.. "{\"message\":\"caf"u8, 0xE9, .. "\"}"u8];

        PipelineResult result = new EventPipeline(new PipelineOptions(), 1).Run(Received(source));

        Assert.Equal("{\"message\":\"caf\uFFFD\"}", Text(result.Source));
        Assert.Equal("true", Field(result, "logview.invalid_utf8"));
    }

    [Fact]
    public void Fields_TooMany_AreMarked()
    {
        string members = string.Join(",", Enumerable.Range(0, EventLimits.MaxFields + 5).Select(i => $"\"f{i}\":1"));

        PipelineResult result = Run($"{{{members}}}");

        Assert.Equal("5", Field(result, "logview.fields_left_out"));
        Assert.Equal(EventLimits.MaxFields, EventFlattener.Flatten(result.Source.Span).Count);
    }

    private static PipelineResult Run(string source, PipelineOptions? options = null, string given = "") =>
        new EventPipeline(options ?? new PipelineOptions(), 1).Run(Received(Encoding.UTF8.GetBytes(source)) with { Derived = Encoding.UTF8.GetBytes(given) });

    private static ReceivedEvent Received(byte[] source) =>
        new() { Source = source, DataStream = DataStreamName.Parse("logs-test-default"), ReceivedAt = Arrival };

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    private static string? Field(PipelineResult result, string name)
    {
        Assert.Null(result.Reason);
        if (result.Derived.IsEmpty)
        {
            return null;
        }

        EventFields fields = EventFlattener.Flatten(result.Derived.Span);
        return fields.Values(name) is { Count: 1 } values ? values[0].ToString() : null;
    }
}
