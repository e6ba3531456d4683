using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace LogView.Benchmarks.Load;

/// <summary>
/// Sends events at a steady rate; one event of each body has a word of its own, which is searched for from the acknowledgement on until it is found.
/// The time includes the search that finds it.
/// </summary>
internal static class SearchableLoad
{
    private const int BodiesPerSecond = 20;

    public sealed record Outcome(List<double> AcknowledgementMs, List<double> SearchableMs);

    /// <param name="http">Signed in to LogView.</param>
    /// <param name="rate">Events a second.</param>
    /// <param name="seconds">How long.</param>
    public static async Task<Outcome> RunAsync(HttpClient http, int rate, int seconds)
    {
        var acknowledgements = new ConcurrentBag<double>();
        var searchable = new ConcurrentBag<double>();
        var running = new List<Task>();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / BodiesPerSecond));
        for (int i = 0; i < seconds * BodiesPerSecond; i++)
        {
            byte[] body = Body(rate / BodiesPerSecond, i);
            await timer.WaitForNextTickAsync();
            string word = Word(i);
            running.Add(Task.Run(async () =>
            {
                long sent = Stopwatch.GetTimestamp();
                await BulkLoad.SendAsync(http, "searchable", body);
                long acknowledged = Stopwatch.GetTimestamp();
                acknowledgements.Add(Stopwatch.GetElapsedTime(sent, acknowledged).TotalMilliseconds);
                await FindAsync(http, word);
                searchable.Add(Stopwatch.GetElapsedTime(acknowledged).TotalMilliseconds);
            }));
        }

        await Task.WhenAll(running);
        return new Outcome([.. acknowledgements], [.. searchable]);
    }

    private static async Task FindAsync(HttpClient http, string word)
    {
        string question = $$"""{"query":"message: {{word}}","from":"now-1h","to":"now+1h","size":1,"count":"none"}""";
        string text;
        do
        {
            using var content = new StringContent(question, Encoding.UTF8, "application/json");
            using HttpResponseMessage answer = await http.PostAsync("api/v1/search", content);
            text = await answer.Content.ReadAsStringAsync();
            answer.EnsureSuccessStatusCode();
        }
        while (!text.Contains($"probe {word}", StringComparison.Ordinal));
    }

    private static string Word(int body) => string.Create(CultureInfo.InvariantCulture, $"probe{body}word");

    private static byte[] Body(int events, int number)
    {
        var body = new StringBuilder(events * 450);
        string time = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        for (int i = 0; i < events; i++)
        {
            string message = i == events / 2 ? $"probe {Word(number)}" : string.Create(CultureInfo.InvariantCulture, $"GET /api/v1/orders/{number * events + i} HTTP/1.1 200 512 bytes in 12.5ms");
            body.Append("{\"create\":{}}\n").Append(CultureInfo.InvariantCulture, $"{{\"@timestamp\":\"{time}\",\"level\":\"info\",\"service\":\"checkout-api\",\"host\":\"web-{i % 40}\",\"status\":200,\"message\":\"{message}\"}}\n");
        }

        return Encoding.UTF8.GetBytes(body.ToString());
    }
}
