using System.Diagnostics.Metrics;
using LogView.Server.Platform;

namespace LogView.Server.Tail;

/// <summary>What the live tail tells about itself.</summary>
internal static class TailMetrics
{
    public static readonly UpDownCounter<long> Subscriptions =
        SelfMetrics.Meter.CreateUpDownCounter<long>("logview.tail.subscriptions", description: "Open live tails");

    public static readonly Counter<long> Matched =
        SelfMetrics.Meter.CreateCounter<long>("logview.tail.matched", description: "Events that matched a live tail, once per tail");

    public static readonly Counter<long> LeftOut = SelfMetrics.Meter.CreateCounter<long>(
        "logview.tail.left_out", description: "Matching events not sent because the viewer was slower than the stream");

    public static readonly Counter<long> Failures = SelfMetrics.Meter.CreateCounter<long>(
        "logview.tail.failures", description: "Times the tail had to read the log again, or gave a query up");

    private static TailBroker? _watched;

    static TailMetrics()
    {
        SelfMetrics.Meter.CreateObservableGauge(
            "logview.tail.lag.events", () => _watched?.Behind ?? 0, description: "Durable events the live tail has not looked at yet");
        SelfMetrics.Meter.CreateObservableGauge(
            "logview.tail.lag", () => _watched?.Lag.TotalSeconds ?? 0, unit: "s", description: "How long the oldest of them has waited");
    }

    /// <summary>Shows how far this broker is behind the log.</summary>
    public static void Watch(TailBroker broker) => _watched = broker;
}
