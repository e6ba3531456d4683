using System.Globalization;
using System.Text.Json;
using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Tail;
using LogView.Server.Storage;
using LogView.Server.Tail;
using LogView.Server.Tail.Others;
using Microsoft.Extensions.Logging.Abstractions;

namespace LogView.Tests.Tail;

/// <summary>The live tail over a <see cref="FakeLog"/>, without a server. Paced fast; the pace is no part of what these tests assert.</summary>
internal sealed class TailBench : IAsyncDisposable
{
    public static readonly Viewer Admin = new("admin", Rights.Admin, ["*"]);

    private readonly TailBrokerService _service;

    public TailBench(TimeProvider? clock = null, IOtherEvents? others = null)
    {
        Clock = clock ?? TimeProvider.System;
        Log = new FakeLog(Clock);
        Stored = new StoredEvents(Log);
        Broker = new TailBroker(Log, Clock, NullLogger<TailBroker>.Instance);
        Admission = new TailAdmission();
        var options = new TailOptions
        {
            BatchInterval = TimeSpan.FromMilliseconds(1), StatusInterval = TimeSpan.FromMilliseconds(20), RetryDelay = TimeSpan.FromMilliseconds(1),
            OtherInterval = TimeSpan.FromMilliseconds(1),
        };
        Others = new OtherTails(others, options, Clock, NullLogger<OtherTails>.Instance);
        Sessions = new TailSessions(Log, Broker, new TailBackfill(Stored), Admission, options, Clock, Others);
        _service = new TailBrokerService(Log, Broker, options, Clock, NullLogger<TailBrokerService>.Instance);
    }

    public TimeProvider Clock { get; }

    public FakeLog Log { get; }

    public StoredEvents Stored { get; }

    public TailBroker Broker { get; }

    public TailAdmission Admission { get; }

    public OtherTails Others { get; }

    public TailSessions Sessions { get; }

    public static LogEvent Event(int n, string level = "info", string dataStream = "logs-test-default", int padding = 0) => new()
    {
        Id = new EventId(n.ToString(CultureInfo.InvariantCulture)),
        DataStream = DataStreamName.Parse(dataStream),
        Timestamp = Timestamp.FromUnixMilliseconds(1_795_000_000_000 + n),
        Source = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object> { ["message"] = $"event {n}", ["log.level"] = level, ["n"] = n, ["padding"] = new string('.', padding) }),
    };

    public static IEnumerable<LogEvent> Events(int from, int count, string level = "info") => Enumerable.Range(from, count).Select(n => Event(n, level));

    public async Task<TailBench> StartAsync()
    {
        await _service.StartAsync(TestContext.Current.CancellationToken);
        await Broker.WhenOpenAsync(TestContext.Current.CancellationToken);
        return this;
    }

    public TailReading Read(TailRequest request, Viewer? viewer = null)
    {
        TailOpening opening = Sessions.Open(request, viewer ?? Admin);
        return new TailReading(opening.Session ?? throw new InvalidOperationException(opening.Problem!.Message));
    }

    public SearchProblem Refuse(TailRequest request, Viewer? viewer = null)
    {
        TailOpening opening = Sessions.Open(request, viewer ?? Admin);
        Assert.Null(opening.Session);
        return opening.Problem!;
    }

    public async ValueTask DisposeAsync()
    {
        await _service.StopAsync(CancellationToken.None);
        _service.Dispose();
        await Others.DisposeAsync();
    }
}
