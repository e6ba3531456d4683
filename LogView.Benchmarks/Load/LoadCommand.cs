using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;

namespace LogView.Benchmarks.Load;

/// <summary>The end-to-end run: a server process of its own, the corpus over <c>_bulk</c>, then a live tail under load. Prints a table with its conditions.</summary>
internal static class LoadCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (LoadOptions.Parse(args, out string? error) is not { } options)
        {
            await Console.Error.WriteLineAsync($"{error}\n\n{LoadOptions.Usage}");
            return 2;
        }

        List<byte[]> bodies = BulkLoad.BuildBodies(options.Corpus, options.Events, options.Batch);
        await using ServerProcess server = await ServerProcess.StartAsync(options.Engine, string.Create(
            CultureInfo.InvariantCulture, $$"""{ "memory": { "maxEvents": {{options.Events + options.TailRate * options.TailSeconds + 1}} } }"""));
        using HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = Math.Max(options.Connections, 8) }) { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("ApiKey", ServerProcess.AdminKey);

        Print($"machine: {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");
        Print($"engine {options.Engine}, bodies of {options.Batch} events built beforehand, {options.Connections} connections, fsync before each answer");
        BulkLoad.Outcome bulk = await BulkLoad.RunAsync(http, bodies, options.Connections);
        Report(bulk, server);
        bodies.Clear();
        if (options.TailSeconds > 0)
        {
            Report(await TailLoad.RunAsync(http, server, options), options);
        }

        return bulk.Failed == 0 ? 0 : 1;
    }

    private static void Report(BulkLoad.Outcome bulk, ServerProcess server)
    {
        Print($"bulk: {bulk.Events} events acknowledged in {bulk.Elapsed.TotalSeconds:F1} s = {bulk.Events / bulk.Elapsed.TotalSeconds:F0} events/s, {bulk.Failed} failed");
        Print($"bulk: acknowledgement p50 {Percentiles.Of(bulk.AcknowledgementMs, 50):F1} ms, p95 {Percentiles.Of(bulk.AcknowledgementMs, 95):F1} ms a body");
        Print($"server: {server.CpuTime.TotalSeconds:F1} s of CPU, {server.WorkingSetBytes / 1e6:F0} MB resident, {server.DataBytes / 1e6:F0} MB in the data folder");
    }

    private static void Report(TailLoad.Outcome tail, LoadOptions options)
    {
        Print($"tail: {options.TailRate} events/s for {options.TailSeconds} s, {tail.Probes} probes sent, {tail.Received} received once, left out {tail.Last?.LeftOut}");
        Print($"tail: acknowledgement to client p50 {Percentiles.Of(tail.LatencyMs, 50):F1} ms, p99 {Percentiles.Of(tail.LatencyMs, 99):F1} ms");
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
