using System.Text;
using System.Text.Json;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;

namespace LogView.Tests.Testing;

/// <summary>Hits for tests of pages.</summary>
internal static class SomeHit
{
    public static readonly Timestamp Noon = Timestamp.From(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    /// <param name="id">Also its sequence; each is a second older than the one before.</param>
    /// <param name="fields">Further fields; a null value leaves the field out.</param>
    public static Hit Of(int id, string? message = "hello", string? level = "info", params (string Name, object? Value)[] fields)
    {
        var source = new Dictionary<string, object?>(StringComparer.Ordinal) { ["message"] = message, ["log.level"] = level, ["service.name"] = "cart" };
        foreach ((string name, object? value) in fields)
        {
            source[name] = value;
        }

        string json = JsonSerializer.Serialize(source.Where(f => f.Value is not null).ToDictionary(StringComparer.Ordinal));
        return FromJson(id, json);
    }

    public static Hit FromJson(int id, string json) => new(new LogEvent
    {
        Id = new EventId($"id-{id}"),
        DataStream = DataStreamName.Parse("logs-shop-prod"),
        Timestamp = Noon.Add(TimeSpan.FromSeconds(-id)),
        Sequence = id,
        Source = Encoding.UTF8.GetBytes(json),
    });

    public static IReadOnlyList<Hit> Many(int count, int from = 0) => [.. Enumerable.Range(from, count).Select(i => Of(i, $"event {i}"))];
}
