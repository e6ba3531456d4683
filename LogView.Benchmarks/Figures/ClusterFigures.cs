using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using LogView.Benchmarks.Load;

namespace LogView.Benchmarks.Figures;

/// <summary>What LogView adds to a cluster: the time of an answer over the cluster's own, and events a second through LogView against the cluster's own
/// <c>_bulk</c>. What it writes stays there.</summary>
internal static class ClusterFigures
{
    private const int BodyEvents = 5_000;
    private const int Connections = 2;
    private const int MostEvents = 500_000;
    private const double MostAddedMs = 5;
    private const double LeastShare = 90;

    /// <summary>The names of one run, so that another finds nothing of it.</summary>
    private static readonly string Run = string.Create(CultureInfo.InvariantCulture, $"figures{Environment.ProcessId}");

    private static readonly string[] Questions = ["newest100 all", "newest100 level", "newest100 rare", "hist60xlevel all", "hist60xlevel level"];

    public static async Task RunAsync(FigureTable table, FiguresOptions options, Uri cluster)
    {
        int events = Math.Min(options.Events, MostEvents);
        List<byte[]> bodies = BulkLoad.BuildBodies(options.Corpus, events, BodyEvents);
        using HttpClient direct = HttpTimes.Client(cluster);
        table.Heading(string.Create(CultureInfo.InvariantCulture, $"LogView on a cluster, {events:N0} events"));
        // A cluster that just started compiles its own code for a minute: what comes first is slow whatever it is.
        _ = await StraightAsync(direct, bodies, "warm");
        double before = await CpuSecondsAsync(direct);
        double straight = await StraightAsync(direct, bodies, "straight");
        double straightCpu = await CpuSecondsAsync(direct) - before;
        await using ServerProcess server = await ServerProcess.StartAsync("elastic", $$"""{ "elasticUrl": "{{cluster}}", "elasticPrefix": "{{Run}}-" }""");
        using HttpClient http = HttpTimes.Client(server.Address);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("ApiKey", ServerProcess.AdminKey);
        BulkLoad.Outcome warm = await BulkLoad.RunAsync(http, bodies[..(bodies.Count / 3)], Connections);
        await HttpTimes.WaitForAllAsync(http, warm.Events);
        before = await CpuSecondsAsync(direct);
        long started = TimeProvider.System.GetTimestamp();
        BulkLoad.Outcome bulk = await BulkLoad.RunAsync(http, bodies, Connections);
        await HttpTimes.WaitForAllAsync(http, warm.Events + bulk.Events);
        double through = bulk.Events / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        double throughCpu = await CpuSecondsAsync(direct) - before;
        table.Add("straight _bulk, until all is found", straight, "events/s");
        table.Add("through LogView, until all is found", through, "events/s", note: string.Create(CultureInfo.InvariantCulture, $"{bulk.Failed} failed, acknowledged at {bulk.Events / bulk.Elapsed.TotalSeconds:F0} events/s"));
        table.Add("share of the straight one", 100 * through / straight, "%", atLeast: LeastShare);
        table.Add("the cluster's own CPU time, straight", straightCpu * 1e6 / bulk.Events, "µs an event");
        table.Add("the cluster's own CPU time, through LogView", throughCpu * 1e6 / bulk.Events, "µs an event");
        table.Add("throughput of a cluster on other machines", 100 * straightCpu / throughCpu, "%", atLeast: LeastShare, note: "by its CPU time");
        foreach ((string name, string own, string elastic) in HttpQuestions.All().Where(q => Questions.Contains(q.Name, StringComparer.Ordinal)))
        {
            // The same documents: what LogView wrote.
            (double bare, double asked) = await HttpTimes.AskInTurnsAsync((direct, $"{Run}-*/_search?request_cache=false", elastic), (http, "api/v1/search", own));
            table.Add($"added to {name}", asked - bare, "ms", atMost: MostAddedMs, note: string.Create(CultureInfo.InvariantCulture, $"{asked:F1} against {bare:F1}"));
        }
    }

    /// <summary>What the processes of all nodes have used.</summary>
    private static async Task<double> CpuSecondsAsync(HttpClient direct)
    {
        using JsonDocument answer = JsonDocument.Parse(await direct.GetStringAsync("_nodes/stats/process"));
        return answer.RootElement.GetProperty("nodes").EnumerateObject()
            .Sum(n => n.Value.GetProperty("process").GetProperty("cpu").GetProperty("total_in_millis").GetInt64()) / 1e3;
    }

    /// <summary>Into an index of its own with the mapping that the cluster makes by itself.</summary>
    private static async Task<double> StraightAsync(HttpClient direct, List<byte[]> bodies, string name)
    {
        const string Settings = """{"settings":{"index":{"number_of_shards":1,"number_of_replicas":0}}}""";
        using HttpResponseMessage made = await direct.PutAsync($"{name}{Run}", HttpTimes.Json(Settings));
        made.EnsureSuccessStatusCode();
        long started = TimeProvider.System.GetTimestamp();
        BulkLoad.Outcome bulk = await BulkLoad.RunAsync(direct, bodies, Connections, $"{name}{Run}/_bulk?filter_path=errors,took");
        using HttpResponseMessage refreshed = await direct.PostAsync($"{name}{Run}/_refresh", null);
        refreshed.EnsureSuccessStatusCode();
        return bulk.Events / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }
}
