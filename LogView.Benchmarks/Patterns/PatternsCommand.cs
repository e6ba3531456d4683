using System.Diagnostics;
using System.Globalization;
using LogView.Server.Search.Patterns;

namespace LogView.Benchmarks.Patterns;

/// <summary>How many messages a second one thread sorts into patterns.</summary>
internal static class PatternsCommand
{
    private const string Usage = """
        patterns --logs FOLDER [--messages N]

          --logs FOLDER      text files *.log; their lines, file after file, again and again
          --messages N       messages to show to the miner (2000000)
        """;

    private const int Buckets = 60;
    private const int DefaultMessages = 2_000_000;

    public static Task<int> RunAsync(string[] args)
    {
        int logs = Array.IndexOf(args, "--logs"), messages = Array.IndexOf(args, "--messages");
        string? folder = logs >= 0 && logs + 1 < args.Length ? args[logs + 1] : null;
        if (!Directory.Exists(folder))
        {
            Console.Error.WriteLine(Usage);
            return Task.FromResult(2);
        }

        int count = messages >= 0 && messages + 1 < args.Length ? int.Parse(args[messages + 1], CultureInfo.InvariantCulture) : DefaultMessages;
        string[][] files = [.. Directory.EnumerateFiles(folder, "*.log").Order(StringComparer.Ordinal).Select(File.ReadAllLines)];
        Run("warm-up", [.. files.SelectMany(f => f)], count / 10);
        Run("all files", [.. files.SelectMany(f => f)], count);
        return Task.FromResult(0);
    }

    private static void Run(string name, string[] lines, int count)
    {
        var miner = new PatternMiner(Buckets);
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
        {
            miner.Add(lines[i % lines.Length], i % Buckets);
        }

        TimeSpan added = Stopwatch.GetElapsedTime(started);
        int patterns = miner.Patterns().Count;
        TimeSpan all = Stopwatch.GetElapsedTime(started);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {count:N0} messages of {lines.Average(l => l.Length):F0} characters, {count / all.TotalSeconds:N0} messages/s, of which finding {patterns} patterns at the end {(all - added).TotalMilliseconds:F0} ms"));
    }
}
