using LogView.Client.Contracts.Events;
using LogView.Server.Demo.Shop;
using LogView.Server.Ingest.Pipeline;
using LogView.Server.Wal;

namespace LogView.Server.Demo;

/// <summary>Sends the shop's events the way a shipper's arrive: a day of history at once, then live. Idle until it is started.</summary>
public sealed partial class DemoGenerator(DemoOptions options, IEventSink sink, TimeProvider time, ILogger<DemoGenerator> logger) : BackgroundService
{
    public static readonly DataStreamName DataStream = DataStreamName.Parse("logs-demo-default");

    /// <summary>Events of one call to the sink.</summary>
    private const int BatchEvents = 1_000;

    /// <summary>Older history is thinner, so that a day fits the memory engine: all of the last hour, this share from six hours on.</summary>
    private const double OldestDensity = 0.35;

    private static readonly TimeSpan LiveStep = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly ShopMinute _shop = new(options);
    private readonly TaskCompletionSource _start = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<long> _historyWritten = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsStarted => _start.Task.IsCompleted;

    /// <summary>Starts, if it has not. Completes when the history is durable, with the newest sequence to wait for.</summary>
    public Task<long> StartShopAsync()
    {
        _start.TrySetResult();
        return _historyWritten.Task;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.StartAtOnce)
        {
            _start.TrySetResult();
        }

        await _start.Task.WaitAsync(stoppingToken);
        DateTimeOffset live = Minute(time.GetUtcNow());
        _historyWritten.TrySetResult(await WriteHistoryAsync(live, stoppingToken));
        await RunLiveAsync(live, stoppingToken);
    }

    private async Task<long> WriteHistoryAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        List<(string Id, DemoEvent Event)> batch = [];
        int count = 0;
        long last = 0;
        for (DateTimeOffset minute = until.AddHours(-options.HistoryHours); minute < until; minute = minute.AddMinutes(1))
        {
            batch.AddRange(_shop.Write(minute, Density(until - minute)).OrderBy(e => e.Event.At));
            if (batch.Count >= BatchEvents)
            {
                (last, count) = (Math.Max(last, await WriteAsync(batch, cancellationToken)), count + batch.Count);
                batch.Clear();
            }
        }

        last = Math.Max(last, await WriteAsync(batch, cancellationToken));
        LogHistory(count + batch.Count, DataStream.Value);
        return last;
    }

    /// <summary>Begins with the running minute, so that nothing is missing between history and now.</summary>
    private async Task RunLiveAsync(DateTimeOffset minute, CancellationToken cancellationToken)
    {
        PriorityQueue<(string Id, DemoEvent Event), DateTimeOffset> waiting = new();
        using PeriodicTimer timer = new(LiveStep, time);
        do
        {
            for (; minute <= time.GetUtcNow(); minute = minute.AddMinutes(1))
            {
                waiting.EnqueueRange(_shop.Write(minute, density: 1).Select(e => (e, e.Event.At)));
            }

            List<(string Id, DemoEvent Event)> due = [];
            while (waiting.TryPeek(out _, out DateTimeOffset at) && at <= time.GetUtcNow() && due.Count < BatchEvents)
            {
                due.Add(waiting.Dequeue());
            }

            await WriteAsync(due, cancellationToken);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <summary>Waits and tries again while nothing can be written, as a good shipper does.</summary>
    private async Task<long> WriteAsync(List<(string Id, DemoEvent Event)> events, CancellationToken cancellationToken)
    {
        while (events.Count > 0)
        {
            try
            {
                Timestamp now = Timestamp.From(time.GetUtcNow());
                ReceivedEvent[] received = [.. events.Select(e => new ReceivedEvent { Source = e.Event.Source, DataStream = DataStream, ReceivedAt = now, Id = new EventId(e.Id) })];
                return (await sink.WriteAsync("demo", received, cancellationToken)).LastSequence;
            }
            catch (WalUnavailableException e)
            {
                LogWaiting(e.Message);
                await Task.Delay(e.RetryAfter ?? RetryDelay, time, cancellationToken);
            }
        }

        return 0;
    }

    private static double Density(TimeSpan age) => Math.Clamp(1 - ((age.TotalHours - 1) / 5 * (1 - OldestDensity)), OldestDensity, 1);

    private static DateTimeOffset Minute(DateTimeOffset at) => DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds() / 60 * 60);

    [LoggerMessage(Level = LogLevel.Information, Message = "Demo shop: wrote {Count} events of history to {DataStream}, going on live")]
    private partial void LogHistory(int count, string dataStream);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Demo shop waits: {Reason}")]
    private partial void LogWaiting(string reason);
}
