using System.Globalization;
using System.Net.Http.Headers;
using LogView.Benchmarks.Load;

namespace LogView.Benchmarks.Figures;

/// <summary>A server of its own over HTTP: bulk ingest with fsync before each answer, the questions, memory, a kill and the start after it. With an Elasticsearch beside.</summary>
internal static class HttpFigures
{
    private const int BodyEvents = 5_000;
    private const int Connections = 2;

    public static async Task RunAsync(FigureTable table, FiguresOptions options)
    {
        List<byte[]> bodies = BulkLoad.BuildBodies(options.Corpus, options.Events, BodyEvents);
        Dictionary<string, double> elastic = options.Elastic is { } url ? await ElasticAsync(table, url, bodies) : [];
        await using ServerProcess server = await ServerProcess.StartAsync("embedded", """{ "store": { "aggregationCacheBytes": 0 } }""");
        HttpClient http = HttpTimes.Client(server.Address);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("ApiKey", ServerProcess.AdminKey);
        table.Heading($"LogView over HTTP, {options.Events:N0} events");
        using var ingested = new CancellationTokenSource();
        Task<long> memory = MostMemoryAsync(server, ingested.Token);
        long started = TimeProvider.System.GetTimestamp();
        BulkLoad.Outcome bulk = await BulkLoad.RunAsync(http, bodies, Connections);
        bodies.Clear();
        table.Add("ingest, acknowledged", bulk.Events / bulk.Elapsed.TotalSeconds, "events/s", atLeast: 130_000, note: string.Create(
            CultureInfo.InvariantCulture, $"{bulk.Failed} failed, server {server.CpuTime.TotalMicroseconds / bulk.Events:F1} µs of CPU an event"));
        table.Add("acknowledgement of a body of 5,000, p95", Percentiles.Of(bulk.AcknowledgementMs, 95), "ms");
        await HttpTimes.WaitForAllAsync(http, bulk.Events);
        double untilFound = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        table.Add("ingest, until all can be found", bulk.Events / untilFound, "events/s", note: string.Create(
            CultureInfo.InvariantCulture, $"{server.CpuTime.TotalMicroseconds / bulk.Events:F1} µs of CPU an event by then"));
        await ingested.CancelAsync();
        table.Add("anonymous memory while ingesting, most", await memory / 1e6, "MB", atMost: 500, note: string.Create(CultureInfo.InvariantCulture, $"resident afterwards {server.WorkingSetBytes / 1e6:F0}"));
        var ratios = new List<double>();
        foreach ((string name, string own, _) in HttpQuestions.All())
        {
            double ms = await HttpTimes.AskAsync(http, "api/v1/search", own);
            double? theirs = elastic.TryGetValue(name, out double known) ? known : null;
            ratios.AddRange(theirs is { } other ? [other / ms] : []);
            table.Add(name, ms, "ms", atMost: theirs, note: theirs is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{theirs / ms:F1} × Elasticsearch's speed"));
        }

        if (ratios.Count > 0)
        {
            table.Add("geometric mean of the speeds against Elasticsearch", Math.Exp(ratios.Average(Math.Log)), "×", atLeast: 4);
        }

        table.Add("anonymous memory after the questions", server.AnonymousBytes / 1e6, "MB", atMost: 500, note: string.Create(CultureInfo.InvariantCulture, $"resident {server.WorkingSetBytes / 1e6:F0}"));
        SearchableLoad.Outcome searchable = await SearchableLoad.RunAsync(http, rate: 10_000, seconds: 15);
        table.Add("at 10,000 events/s: acknowledgement of 500, p95", Percentiles.Of(searchable.AcknowledgementMs, 95), "ms", atMost: 10, note: string.Create(CultureInfo.InvariantCulture, $"median {Percentiles.Of(searchable.AcknowledgementMs, 50):F1}"));
        table.Add("at 10,000 events/s: acknowledgement to found, p95", Percentiles.Of(searchable.SearchableMs, 95), "ms", atMost: 15, note: string.Create(CultureInfo.InvariantCulture, $"median {Percentiles.Of(searchable.SearchableMs, 50):F1}, with the search over HTTP"));
        table.Add("start after kill -9, until ready", (await server.KillAndRestartAsync()).TotalMilliseconds, "ms", note: "process start included");
    }

    private static async Task<long> MostMemoryAsync(ServerProcess server, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        long most = 0;
        while (!stop.IsCancellationRequested)
        {
            most = Math.Max(most, server.AnonymousBytes);
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        return most;
    }

    private static async Task<Dictionary<string, double>> ElasticAsync(FigureTable table, Uri url, List<byte[]> bodies)
    {
        using HttpClient http = HttpTimes.Client(url);
        table.Heading("Elasticsearch over HTTP, dynamic mapping but level, service, host as keywords and message as text");
        using HttpResponseMessage deleted = await http.DeleteAsync("bench");
        const string Settings = """
            {"settings":{"index":{"number_of_shards":1,"number_of_replicas":0,"refresh_interval":"1s","translog.durability":"request","codec":"best_compression"}},
             "mappings":{"properties":{"@timestamp":{"type":"date"},"level":{"type":"keyword"},"service":{"type":"keyword"},"host":{"type":"keyword"},"message":{"type":"text","norms":false}}}}
            """;
        using HttpResponseMessage made = await http.PutAsync("bench", HttpTimes.Json(Settings));
        made.EnsureSuccessStatusCode();
        BulkLoad.Outcome bulk = await BulkLoad.RunAsync(http, bodies, Connections, "bench/_bulk?filter_path=errors,took");
        table.Add("ingest", bulk.Events / bulk.Elapsed.TotalSeconds, "events/s", note: string.Create(CultureInfo.InvariantCulture, $"{bulk.Failed} failed"));
        using HttpResponseMessage refreshed = await http.PostAsync("bench/_refresh", null);
        var times = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach ((string name, _, string elastic) in HttpQuestions.All())
        {
            times[name] = await HttpTimes.AskAsync(http, "bench/_search?request_cache=false", elastic);
            table.Add(name, times[name], "ms");
        }

        return times;
    }
}
