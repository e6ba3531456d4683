using System.Globalization;
using System.Text;
using System.Text.Json;
using LogView.Client.Contracts.Events;

namespace LogView.Tests.Storage.Embedded.Random;

/// <summary>Events of any JSON shape, with few names and values so that queries meet them.</summary>
internal sealed class RandomEvents(System.Random random)
{
    public static readonly string[] Fields =
        ["message", "level", "host.name", "status", "duration", "tags", "client.ip", "when", "ok", "error.message", "a.b", "", "이름", "mixed", "rare.1", "rare.2"];

    public static readonly string[] Words =
        ["timeout", "Timeout", "connection", "refused", "time-out", "10.0.0.1", "user_1", "can't", "결제", "결제시스템", "naïve", "NAÏVE", "Ａｂｃ", "abc", "x", "1,024", "...", "𠮷野家", "", "a\u0000b"];

    private static readonly string[] Keywords =
        ["error", "ERROR", "info", "web-1", "web-2", "10.0.0.1", "10.0.1.7", "::1", "2026-11-01", "2026-11-01T10:00:00Z", "true", "500", "5e2", "", "a b", "결제", "\ud83d\ude00"];

    private static readonly double[] Numbers = [0, 1, -1, 0.5, 500, 500.0, 1e300, -0.0, 9007199254740993, 3.14159, 1e-9, 255, 256];

    private readonly Dictionary<string, List<EventId>> _ids = new(StringComparer.Ordinal);
    private long _sequence;

    /// <summary>Fields that only this event has.</summary>
    public int OwnFields { get; init; }

    /// <summary>One event in so many has a value of 1 MB; 0: none.</summary>
    public int LargeEvery { get; init; }

    /// <summary>One event in so many has the id of one before it, which stays; 0: none.</summary>
    public int RepeatEvery { get; init; }

    public static string Keyword(System.Random random) => Keywords[random.Next(Keywords.Length)];

    public static string Text(System.Random random) =>
        string.Join(random.Next(4) == 0 ? ": " : " ", Enumerable.Range(0, random.Next(6)).Select(_ => Words[random.Next(Words.Length)]));

    public LogEvent Next()
    {
        long sequence = ++_sequence;
        string dataStream = random.Next(4) == 0 ? "logs-other" : "logs-app";
        List<EventId> ids = _ids.TryGetValue(dataStream, out List<EventId>? there) ? there : _ids[dataStream] = [];
        bool repeats = RepeatEvery > 0 && ids.Count > 0 && random.Next(RepeatEvery) == 0;
        ids.Add(repeats ? ids[random.Next(ids.Count)] : new EventId(string.Create(CultureInfo.InvariantCulture, $"id-{sequence}")));
        return new LogEvent
        {
            Id = ids[^1],
            IsIdGiven = random.Next(2) == 0,
            DataStream = DataStreamName.Parse(dataStream),
            Timestamp = Time(),
            Sequence = sequence,
            Source = Encoding.UTF8.GetBytes(Object(depth: 0)),
            Derived = random.Next(3) == 0 ? Encoding.UTF8.GetBytes($$"""{"log.level":"{{(random.Next(2) == 0 ? "error" : "warn")}}"}""") : default,
        };
    }

    private Timestamp Time()
    {
        const long Start = 1_793_491_200_000_000_000;
        return random.Next(20) switch
        {
            0 => new Timestamp(long.MinValue + random.Next(3)),
            1 => new Timestamp(long.MaxValue - random.Next(3)),
            2 => new Timestamp(-random.Next(1000)),
            _ => new Timestamp(Start + random.Next(200) * 60_000_000_000L + random.Next(3)),
        };
    }

    private string Object(int depth)
    {
        var parts = new List<string>();
        for (int left = random.Next(depth == 0 ? 8 : 4); left > 0; left--)
        {
            string name = random.Next(5) == 0 ? "@timestamp" : Fields[random.Next(Fields.Length)];
            string key = random.Next(2) == 0 ? name : name.Split('.')[0];
            parts.Add($"{JsonSerializer.Serialize(key)}:{Value(name, depth)}");
        }

        if (depth == 0)
        {
            parts.AddRange(Enumerable.Range(0, OwnFields).Select(i => string.Create(CultureInfo.InvariantCulture, $"\"own.{_sequence}.{i}\":{i}")));
            if (LargeEvery > 0 && random.Next(LargeEvery) == 0)
            {
                parts.Add($"\"message\":\"{string.Concat(Enumerable.Repeat("timeout 결제 x ", 50_000))}\"");
            }
        }

        return $"{{{string.Join(',', parts)}}}";
    }

    private string Value(string field, int depth) => random.Next(12) switch
    {
        0 => "null",
        1 when depth < 3 => Object(depth + 1),
        2 when depth < 3 => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Value(field, depth + 1)))}]",
        3 => random.Next(2) == 0 ? "true" : "false",
        4 => "\"\\ud800 lone\"",
        _ => field switch
        {
            "status" or "duration" => Number(),
            "mixed" => random.Next(2) == 0 ? Number() : JsonSerializer.Serialize(Keyword(random)),
            "message" or "error.message" => JsonSerializer.Serialize(Text(random)),
            _ => JsonSerializer.Serialize(Keyword(random)),
        },
    };

    private string Number() => random.Next(3) == 0
        ? random.Next(600).ToString(CultureInfo.InvariantCulture)
        : Numbers[random.Next(Numbers.Length)].ToString("R", CultureInfo.InvariantCulture);
}
