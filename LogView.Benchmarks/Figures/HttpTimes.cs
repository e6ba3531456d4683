using System.Diagnostics;
using System.Globalization;
using System.Text;
using LogView.Benchmarks.Load;

namespace LogView.Benchmarks.Figures;

/// <summary>Questions over HTTP with their times.</summary>
internal static class HttpTimes
{
    private const int WarmUps = 3;
    private const int Pairs = 43;
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(2);

    public static HttpClient Client(Uri address) => new(new SocketsHttpHandler { MaxConnectionsPerServer = 8 }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(10) };

    /// <summary>The median in milliseconds, after some that are not counted.</summary>
    public static async Task<double> AskAsync(HttpClient http, string path, string body)
    {
        var times = new List<double>();
        long began = Stopwatch.GetTimestamp();
        for (int i = 0; i < 30 && (times.Count <= WarmUps || Stopwatch.GetElapsedTime(began) < LongEnough); i++)
        {
            times.Add(await OnceAsync(http, path, body));
        }

        return Percentiles.Of(times.Skip(WarmUps).ToList(), 50);
    }

    /// <summary>Two questions in turns, so that whatever else goes on meets both: the medians in milliseconds.</summary>
    public static async Task<(double First, double Second)> AskInTurnsAsync((HttpClient Http, string Path, string Body) first, (HttpClient Http, string Path, string Body) second)
    {
        List<double> ofFirst = [], ofSecond = [];
        for (int i = 0; i < Pairs; i++)
        {
            ofFirst.Add(await OnceAsync(first.Http, first.Path, first.Body));
            ofSecond.Add(await OnceAsync(second.Http, second.Path, second.Body));
        }

        return (Percentiles.Of(ofFirst.Skip(WarmUps).ToList(), 50), Percentiles.Of(ofSecond.Skip(WarmUps).ToList(), 50));
    }

    private static async Task<double> OnceAsync(HttpClient http, string path, string body)
    {
        using StringContent content = Json(body);
        long started = Stopwatch.GetTimestamp();
        using HttpResponseMessage answer = await http.PostAsync(path, content);
        byte[] text = await answer.Content.ReadAsByteArrayAsync();
        double took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return answer.IsSuccessStatusCode ? took : throw new InvalidOperationException($"{path}: {answer.StatusCode} {Encoding.UTF8.GetString(text)}");
    }

    /// <summary>The acknowledgement comes before the event can be found; questions wait until all can.</summary>
    public static async Task WaitForAllAsync(HttpClient http, long events)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        do
        {
            using StringContent content = Json("""{"size":0,"count":"exact","from":"2026-10-01T00:00:00Z","to":"2026-12-01T00:00:00Z"}""");
            using HttpResponseMessage answer = await http.PostAsync("api/v1/search", content);
            string text = await answer.Content.ReadAsStringAsync();
            if (text.Contains(string.Create(CultureInfo.InvariantCulture, $"\"value\":{events}"), StringComparison.Ordinal))
            {
                return;
            }
        }
        while (await timer.WaitForNextTickAsync());
    }

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
