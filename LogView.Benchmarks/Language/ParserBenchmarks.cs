using BenchmarkDotNet.Attributes;
using LogView.Client.Contracts.Query;
using LogView.Client.Language;
using LogView.Client.Language.Completion;

namespace LogView.Benchmarks.Language;

/// <summary>What happens on each key: parse, complete, and for a broken text look for a suggestion.</summary>
[MemoryDiagnoser]
public class ParserBenchmarks
{
    private const string Query = "log.level: (error or fatal) and service.name: checkout-* and not message: \"health check\" and http.response.status_code >= 500";

    private readonly string _long = string.Join(" or ", Enumerable.Repeat(Query, 100));

    [Benchmark]
    public ParseResult Parse() => QueryParser.Parse(Query);

    [Benchmark]
    public ParseResult ParseLucene() => QueryParser.Parse("level:(error OR fatal) AND service:checkout-* AND NOT message:\"health check\" AND status:>=500", QueryLanguage.Lucene);

    [Benchmark]
    public ParseResult ParseTwelveThousandCharacters() => QueryParser.Parse(_long);

    [Benchmark]
    public ParseResult ParseBroken() => QueryParser.Parse(Query + " and message: \"unclosed");

    [Benchmark]
    public CompletionContext Complete() => QueryCompletion.At(Query, Query.Length);

    [Benchmark]
    public string Print() => QueryPrinter.Print(QueryParser.Parse(Query).Node!);
}

/// <summary>"Did you mean" over the most fields a store has.</summary>
public class FieldSuggestionBenchmarks
{
    private readonly string[] _names = [.. Enumerable.Range(0, 50_000).Select(i => $"kubernetes.labels.team_{i}.value"), "log.level"];

    [Benchmark]
    public IReadOnlyList<string> Nearest() => FieldSuggestions.Nearest("kubernetes.label.team_777.value", _names);
}
