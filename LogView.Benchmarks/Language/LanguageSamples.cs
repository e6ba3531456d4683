using System.Globalization;
using System.Text;
using LogView.Client.Contracts.Events;

namespace LogView.Benchmarks.Language;

/// <summary>Events of a small shop, their fields already flattened, as the tail has them.</summary>
internal static class LanguageSamples
{
    public const int Count = 1_000;

    private static readonly string[] Services = ["checkout-api", "payment", "catalog", "cart"];
    private static readonly string[] Levels = ["info", "info", "info", "warn", "error"];

    public static LogEvent[] Events(bool korean = false)
    {
        var random = new Random(1);
        var events = new LogEvent[Count];
        for (int i = 0; i < Count; i++)
        {
            string text = korean ? "주문 결제실패했습니다 잠시 후 다시 시도" : "GET /orders/{0} for user 4711 took 212 ms, upstream connect";
            string message = string.Format(CultureInfo.InvariantCulture, text, i) + (random.Next(4) == 0 ? " timeout after 3000 ms" : " ok");
            string json = $$$"""
                {"message":"{{{message}}}","log":{"level":"{{{Levels[random.Next(Levels.Length)]}}}","logger":"http.access"},"service":{"name":"{{{Services[random.Next(Services.Length)]}}}"},
                 "host":{"name":"web-03"},"http":{"request":{"method":"GET"},"response":{"status_code":{{{random.Next(200, 599)}}}}},"client":{"ip":"10.1.2.3"},
                 "trace":{"id":"4bf92f3577b34da6a3ce929d0e0e4736"},"event":{"duration":{{{random.Next(100_000)}}}}}
                """;
            events[i] = new LogEvent
            {
                Id = default,
                DataStream = default,
                Timestamp = new Timestamp(1_793_491_200_000_000_000 + i),
                Sequence = i + 1,
                Source = Encoding.UTF8.GetBytes(json),
            };
            _ = events[i].Fields.Count;
        }

        return events;
    }
}
