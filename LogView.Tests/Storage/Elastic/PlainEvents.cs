using System.Globalization;
using System.Text;
using System.Text.Json;
using LogView.Client.Contracts.Events;
using LogView.Tests.Storage.Embedded.Random;

namespace LogView.Tests.Storage.Elastic;

/// <summary>Events as programs send them: each field of one kind, times of one day. A cluster's index can answer nearly everything about them.</summary>
internal sealed class PlainEvents(System.Random random)
{
    private static readonly string[] Addresses = ["10.0.0.1", "10.0.1.7", "192.168.0.1", "::1", "fe80::1"];

    private long _sequence;

    public LogEvent Next()
    {
        long sequence = ++_sequence;
        return new LogEvent
        {
            Id = new EventId(string.Create(CultureInfo.InvariantCulture, $"id-{sequence}")),
            DataStream = DataStreamName.Parse(random.Next(4) == 0 ? "logs-other" : "logs-app"),
            Timestamp = new Timestamp(1_793_491_200_000_000_000 + random.Next(200) * 60_000_000_000L + random.Next(3)),
            Sequence = sequence,
            Source = Encoding.UTF8.GetBytes($"{{{string.Join(',', Members())}}}"),
        };
    }

    private IEnumerable<string> Members()
    {
        foreach ((string name, Func<string> value) in new (string, Func<string>)[]
        {
            ("message", () => Quoted(RandomEvents.Text(random))), ("level", Keyword), ("host.name", Keyword), ("error.message", () => Quoted(RandomEvents.Text(random))),
            ("status", () => Invariant(random.Next(600))), ("duration", () => Invariant(random.Next(1_000) + 0.5)), ("ok", () => random.Next(2) == 0 ? "true" : "false"),
            ("client.ip", () => Quoted(Addresses[random.Next(Addresses.Length)])), ("tags", () => $"[{Keyword()},{Keyword()}]"), ("a.b", Keyword), ("이름", Keyword),
            ("when", () => Quoted($"2026-11-0{1 + random.Next(3)}T10:{random.Next(60):00}:00Z")), ("mixed", Keyword), ("rare.1", () => Invariant(random.Next(3))),
        })
        {
            if (random.Next(3) > 0)
            {
                yield return $"{Quoted(name)}:{value()}";
            }
        }
    }

    private string Keyword() => Quoted(RandomEvents.Keyword(random));

    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private static string Invariant(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
