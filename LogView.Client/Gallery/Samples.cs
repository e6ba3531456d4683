using System.Text.Json;
using LogView.Client.Contracts.DataStreams;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Client.Discover.Run;
using LogView.Client.Shared;

namespace LogView.Client.Gallery;

/// <summary>What the components of the gallery show: ordinary events, and such as would break out of a page that takes them for markup.</summary>
internal static class Samples
{
    /// <summary>Markup, a script, colours of a terminal, text from right to left, no end.</summary>
    public const string Hostile = "</div></script><img src=x onerror=\"window.lvBroken=1\">\u001b[31m<script>window.lvBroken=1</script>\u001b[0m &lt;b&gt; \u202Egnp.exe ";

    public static readonly SearchProblem Problem = new(SearchProblemKind.Unavailable, "The store does not answer: connection refused. Try again, or look at Health.");

    public static readonly Timestamp Noon = Timestamp.From(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    private static readonly string[] Messages = ["GET /api/cart 200 took {0} ms", "Payment {0} accepted", "Retry {0} of 5: the warehouse is slow", "결제 {0} 실패했습니다", "health check took {0} ms"];

    /// <summary>Ordinary events, newest first, of all levels.</summary>
    public static IReadOnlyList<Hit> Hits(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Event(i, Severities.Names[i * 7 % Severities.Names.Count], string.Format(System.Globalization.CultureInfo.InvariantCulture, Messages[i / 6 % Messages.Length], i)))];

    public static IReadOnlyList<Hit> HostileHits =>
    [
        Event(0, "error", Hostile), Event(1, Hostile, Hostile + "\nsecond line\nthird line"), Event(2, "", new string('W', 5_000)), Event(3, "info", ""), Event(4, "warn", "\u001b[1;33mwarning\u001b[0m in \u001b[36mcyan"),
    ];

    public static IReadOnlyList<DataStreamInfo> Streams(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new DataStreamInfo(DataStreamName.Parse($"logs-service{i}-prod"), i * 12_345L, i * 4_000_000L, i == 0 ? null : Noon, i == 0 ? null : Noon))];

    public static DataStreamList StreamList(int count) => new(
        [.. Streams(count).Select((s, i) => new DataStreamStatus(s, i * 1.5, i % 2 == 0 ? Retention.Everything : new Retention(TimeSpan.FromDays(30), 2_000_000_000), i % 3 == 0, i == 2 ? "policy logs-30d" : null))],
        KeepsRetention: true, []);

    /// <summary>Forty minutes with so many series, growing.</summary>
    public static HistogramData Chart(int series, bool isHostile = false)
    {
        TimeRange[] buckets = [.. Enumerable.Range(0, 40).Select(i => new TimeRange(Noon.Add(TimeSpan.FromMinutes(i)), Noon.Add(TimeSpan.FromMinutes(i + 1))))];
        HistogramSeries[] all = [.. Enumerable.Range(0, series).Select(s =>
        {
            long[] counts = [.. buckets.Select((_, i) => (long)((i * 13 + s * 7) % 29 * (s == 0 ? 40 : 3)))];
            return isHostile ? new HistogramSeries(Hostile, HistogramSeries.Color(s), null, counts) : HistogramSeries.OfLevel(LevelColors.Order[s], counts);
        })];
        return new HistogramData(buckets, [.. buckets.Select((_, i) => all.Sum(s => s.Counts[i]))], all, 60_000_000_000);
    }

    public static FieldList Fields(int count) => new(
        [.. Enumerable.Range(0, count).Select(i => new FieldInfo(i == 1 ? Hostile : $"field.number{i}", (FieldType)(i % 7), 1_000 - i % 900, i % 5 == 0 ? 3 : 0))], SampledEvents: 1_000, IsSample: count > 10);

    private static Hit Event(int index, string level, string message) => new(new LogEvent
    {
        Id = new EventId($"sample-{index}"),
        DataStream = DataStreamName.Parse("logs-gallery-dev"),
        Timestamp = Noon.Add(TimeSpan.FromSeconds(-index)),
        Sequence = index + 1,
        Source = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["message"] = message, ["log.level"] = level, ["service.name"] = index % 3 == 0 ? "checkout" : "a service with a long name", ["host.name"] = $"web-{index % 4}", ["trace.id"] = $"4bf92f3577b34da6{index:x16}",
        }),
    });
}
