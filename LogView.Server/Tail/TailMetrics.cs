using System.Diagnostics.Metrics;

namespace LogView.Server.Tail;

/// <summary>What the live tail tells about itself.</summary>
public sealed class TailMetrics
{
    public const string MeterName = "LogView.Tail";

    private readonly UpDownCounter<long> _subscriptions;
    private readonly Counter<long> _matched;
    private readonly Counter<long> _leftOut;
    private readonly Counter<long> _failures;
    private readonly Meter _meter;

    public TailMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _subscriptions = _meter.CreateUpDownCounter<long>("logview.tail.subscriptions", description: "Open live tails");
        _matched = _meter.CreateCounter<long>("logview.tail.matched", description: "Events that matched a live tail, once per tail");
        _leftOut = _meter.CreateCounter<long>("logview.tail.left_out", description: "Matching events not sent because the viewer was slower than the stream");
        _failures = _meter.CreateCounter<long>("logview.tail.broker.failures", description: "Times the tail broker had to start reading again");
    }

    public void Opened() => _subscriptions.Add(1);

    public void Closed() => _subscriptions.Add(-1);

    public void Matched(long events) => _matched.Add(events);

    public void LeftOut(long events) => _leftOut.Add(events);

    public void Failed() => _failures.Add(1);

    /// <summary>Shows how far the broker is behind the log.</summary>
    public void WatchLag(Func<long> events, Func<TimeSpan> time)
    {
        _meter.CreateObservableGauge("logview.tail.broker.lag.events", events, description: "Durable events the tail broker has not looked at yet");
        _meter.CreateObservableGauge("logview.tail.broker.lag", () => time().TotalSeconds, unit: "s", description: "How long the oldest of them has waited");
    }
}
