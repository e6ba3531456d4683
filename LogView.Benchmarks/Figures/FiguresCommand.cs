using System.Globalization;
using System.Runtime.InteropServices;
using LogView.Benchmarks.Storage;

namespace LogView.Benchmarks.Figures;

/// <summary>All figures of the embedded engine in one run, against their targets; with an Elasticsearch side by side when one is named.</summary>
internal static class FiguresCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (FiguresOptions.Parse(args) is not { } options)
        {
            await Console.Error.WriteLineAsync(FiguresOptions.Usage);
            return 2;
        }

        string load = File.Exists("/proc/loadavg") ? (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0] : "unknown";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} cores, load {load} at the start, {RuntimeInformation.FrameworkDescription}"));
        var table = new FigureTable();
        if (options.Has("http"))
        {
            await HttpFigures.RunAsync(table, options);
        }

        if (options.Has("engine"))
        {
            await EngineFigures.RunAsync(table, options);
        }

        if (options.Has("shapes"))
        {
            int events = Math.Min(options.Events, 500_000);
            await EngineFigures.RunShapeAsync(table, "20 more fields", Shapes.WithMoreFields(new CorpusReader(options.Corpus).Batches(events, 5_000)), atLeastRate: 100_000);
            if (options.Logs is { } logs)
            {
                await EngineFigures.RunShapeAsync(table, "Real logs", Shapes.RealLogs(logs, events, 5_000), atLeastRate: null);
            }
        }

        if (options.Elastic is { } cluster && options.Has("cluster"))
        {
            await ClusterFigures.RunAsync(table, options, cluster);
        }

        table.Print();
        return 0;
    }
}
