using System.Globalization;

namespace LogView.Benchmarks.Figures;

/// <summary>What the run over all figures does.</summary>
internal sealed record FiguresOptions
{
    public const string Usage = """
        figures --corpus FILE [--events N] [--logs FOLDER] [--elastic URL] [--only engine|shapes|http|cluster]

          --corpus FILE    NDJSON of the bench's generator, one event a line
          --events N       events of it to use (2000000)
          --logs FOLDER    real log files (*.log) as another shape
          --elastic URL    an Elasticsearch that gets the same bodies and questions, and is then the store of LogView (part cluster)
          --only PART      one part of the run
        """;

    public required string Corpus { get; init; }

    public int Events { get; init; } = 2_000_000;

    public string? Logs { get; init; }

    public Uri? Elastic { get; init; }

    public string? Only { get; init; }

    public bool Has(string part) => Only is null || string.Equals(Only, part, StringComparison.Ordinal);

    /// <summary>Null when an argument is wrong.</summary>
    public static FiguresOptions? Parse(string[] args)
    {
        string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
        return Option("--corpus") is { } corpus && File.Exists(corpus)
            ? new FiguresOptions
            {
                Corpus = corpus,
                Events = int.Parse(Option("--events") ?? "2000000", CultureInfo.InvariantCulture),
                Logs = Option("--logs"),
                Elastic = Option("--elastic") is { } url ? new Uri(url) : null,
                Only = Option("--only"),
            }
            : null;
    }
}
