using BenchmarkDotNet.Attributes;
using LogView.Client.Contracts.Events;
using LogView.Client.Language;

namespace LogView.Benchmarks.Language;

/// <summary>Time and allocation per event (the numbers are per event: one operation is one event).</summary>
[MemoryDiagnoser]
public class MatcherBenchmarks
{
    private LogEvent[] _events = [];
    private Matcher _matcher = null!;

    [Params(
        "log.level: error and service.name: checkout-api and timeout",
        "timeout",
        "\"upstream connect\"",
        "http.response.status_code >= 500",
        "message: *connect*",
        "message: /took \\d{3} ms/",
        "not trace.id: * or client.ip: 10.0.0.0/8")]
    public string Query { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _events = LanguageSamples.Events();
        _matcher = Matcher.Compile(QueryParser.Parse(Query).Node!, _events[0].Timestamp, TimeZoneInfo.Utc);
    }

    [Benchmark(OperationsPerInvoke = LanguageSamples.Count)]
    public int Matches()
    {
        int matched = 0;
        foreach (LogEvent logEvent in _events)
        {
            matched += _matcher.Matches(logEvent) ? 1 : 0;
        }

        return matched;
    }
}

/// <summary>The same over Korean messages.</summary>
[MemoryDiagnoser]
public class KoreanMatcherBenchmarks
{
    private LogEvent[] _events = [];
    private Matcher _matcher = null!;

    [Params("결제", "timeout", "\"결제 시도\"~9", "timeout*")]
    public string Query { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _events = LanguageSamples.Events(korean: true);
        _matcher = Matcher.Compile(QueryParser.Parse(Query).Node!, _events[0].Timestamp, TimeZoneInfo.Utc);
    }

    [Benchmark(OperationsPerInvoke = LanguageSamples.Count)]
    public int Matches()
    {
        int matched = 0;
        foreach (LogEvent logEvent in _events)
        {
            matched += _matcher.Matches(logEvent) ? 1 : 0;
        }

        return matched;
    }
}
