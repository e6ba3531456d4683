using System.Globalization;

namespace LogView.Benchmarks.Load;

/// <summary>What the end-to-end run does. Every option has the default that docs/performance.md quotes.</summary>
internal sealed record LoadOptions
{
    public const string Usage = """
        load --corpus FILE [--events N] [--batch N] [--connections N] [--engine NAME] [--tail-rate N] [--tail-seconds N]

          --corpus FILE      NDJSON, one event a line
          --events N         events to send in the throughput part (200000)
          --batch N          events in one _bulk body (5000)
          --connections N    HTTP connections that send side by side (2)
          --engine NAME      engine of the server that is started (memory)
          --tail-rate N      events per second while the live tail is measured (10000)
          --tail-seconds N   for so long; 0 leaves the tail out (20)
        """;

    public required string Corpus { get; init; }

    public int Events { get; init; } = 200_000;

    public int Batch { get; init; } = 5_000;

    public int Connections { get; init; } = 2;

    public string Engine { get; init; } = "memory";

    public int TailRate { get; init; } = 10_000;

    public int TailSeconds { get; init; } = 20;

    /// <summary>Null with a sentence in <paramref name="error"/> when an argument is wrong.</summary>
    public static LoadOptions? Parse(string[] args, out string? error)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i + 1 < args.Length; i += 2)
        {
            values[args[i]] = args[i + 1];
        }

        error = null;
        string[] known = ["--corpus", "--events", "--batch", "--connections", "--engine", "--tail-rate", "--tail-seconds"];
        if (args.Length % 2 != 0 || values.Keys.FirstOrDefault(k => !known.Contains(k, StringComparer.Ordinal)) is not null)
        {
            error = $"expected pairs of option and value, each of: {string.Join(' ', known)}";
            return null;
        }

        if (!values.TryGetValue("--corpus", out string? corpus) || !File.Exists(corpus))
        {
            error = $"--corpus must name an NDJSON file, found '{corpus}'";
            return null;
        }

        int Number(string name, int fallback) =>
            values.TryGetValue(name, out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : fallback;

        return new LoadOptions
        {
            Corpus = corpus,
            Events = Number("--events", 200_000),
            Batch = Number("--batch", 5_000),
            Connections = Number("--connections", 2),
            Engine = values.GetValueOrDefault("--engine", "memory"),
            TailRate = Number("--tail-rate", 10_000),
            TailSeconds = Number("--tail-seconds", 20),
        };
    }
}
