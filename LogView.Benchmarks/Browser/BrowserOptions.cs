using System.Globalization;

namespace LogView.Benchmarks.Browser;

/// <summary>What the run in a browser does.</summary>
internal sealed record BrowserOptions
{
    public const string Usage = """
        browser --corpus FILE [--events N] [--questions N] [--tail-rate N] [--tail-seconds N] [--viewers N]

          --corpus FILE      NDJSON, one event a line
          --events N         events that are stored before (2000000)
          --questions N      queries that are typed and run with Enter (60)
          --tail-rate N      events a second while the live tail is watched (10000)
          --tail-seconds N   for so long, and as long without and with the viewers (20)
          --viewers N        viewers of the tail whose work is measured (50)
        """;

    private static readonly string[] Numbers = ["--events", "--questions", "--tail-rate", "--tail-seconds", "--viewers"];

    public required string Corpus { get; init; }

    public int Events { get; init; } = 2_000_000;

    public int Questions { get; init; } = 60;

    public int TailRate { get; init; } = 10_000;

    public int TailSeconds { get; init; } = 20;

    public int Viewers { get; init; } = 50;

    /// <summary>Null with a sentence in <paramref name="error"/> when an argument is wrong.</summary>
    public static BrowserOptions? Parse(string[] args, out string? error)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i + 1 < args.Length; i += 2)
        {
            values[args[i]] = args[i + 1];
        }

        bool isKnown = args.Length % 2 == 0 && values.All(v => v.Key is "--corpus" || (Numbers.Contains(v.Key, StringComparer.Ordinal) && int.TryParse(v.Value, CultureInfo.InvariantCulture, out _)));
        error = !isKnown ? $"expected pairs of option and value, each of: --corpus {string.Join(' ', Numbers)}"
            : !File.Exists(values.GetValueOrDefault("--corpus")) ? $"--corpus must name an NDJSON file, found '{values.GetValueOrDefault("--corpus")}'"
            : null;
        if (error is not null)
        {
            return null;
        }

        var defaults = new BrowserOptions { Corpus = values["--corpus"] };
        int Number(string name, int fallback) => values.TryGetValue(name, out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : fallback;
        return defaults with
        {
            Events = Number("--events", defaults.Events),
            Questions = Number("--questions", defaults.Questions),
            TailRate = Number("--tail-rate", defaults.TailRate),
            TailSeconds = Number("--tail-seconds", defaults.TailSeconds),
            Viewers = Number("--viewers", defaults.Viewers),
        };
    }
}
