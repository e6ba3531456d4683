using System.Collections.Concurrent;
using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Server.Platform;
using LogView.Server.Wal;
using Microsoft.Extensions.Logging.Abstractions;

namespace LogView.Tests.Wal;

/// <summary>A log that can be closed and opened again, and the shortest words to fill and read it.</summary>
internal sealed class WalFixture : IDisposable
{
    public const string Folder = "/data/wal";
    public static readonly DataStreamName Stream = DataStreamName.Parse("logs-test-default");

    private readonly Lazy<WriteAheadLog> _log;

    public WalFixture(IFileSystem fileSystem, WalOptions? options = null, TimeProvider? clock = null, KnownFake? known = null)
    {
        FileSystem = fileSystem;
        Options = options ?? new WalOptions { Directory = Folder, SegmentBytes = 2_000, RetryAfter = TimeSpan.Zero, GroupDelay = TimeSpan.Zero };
        Known = known ?? new KnownFake();
        Clock = clock ?? TimeProvider.System;
        _log = new Lazy<WriteAheadLog>(Open);
    }

    public IFileSystem FileSystem { get; }

    public WalOptions Options { get; }

    public TimeProvider Clock { get; }

    public KnownFake Known { get; }

    public WriteAheadLog Log => _log.Value;

    public WriteAheadLog Open() => new(FileSystem, Options, Known, Clock, NullLogger<WriteAheadLog>.Instance);

    public void Dispose() => Log.Dispose();

    public static LogEvent Event(string text, string? id = null, string stream = "logs-test-default") => new()
    {
        Id = new EventId(id ?? $"made-{text}"), IsIdGiven = id is not null, DataStream = DataStreamName.Parse(stream),
        Timestamp = new Timestamp(1_700_000_000_000_000_000 + text.Length), Source = Encoding.UTF8.GetBytes($"{{\"message\":\"{text}\"}}"),
        Derived = Encoding.UTF8.GetBytes("{\"log.level\":\"info\"}"),
    };

    public static string TextOf(LogEvent e) => Encoding.UTF8.GetString(e.Source.Span)[12..^2];

    /// <summary>Everything a reader gets that is durable now.</summary>
    public static async Task<List<LogEvent>> ReadAllAsync(IWriteAheadLog log, long after = 0)
    {
        var events = new List<LogEvent>();
        if (log.DurableSequence <= after || log.OldestSequence > log.DurableSequence)
        {
            return events;
        }

        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        cancel.CancelAfter(TimeSpan.FromSeconds(20));
        await foreach (CommittedBatch batch in log.ReadAsync(after, cancel.Token))
        {
            events.AddRange(batch.Events);
            if (events[^1].Sequence >= log.DurableSequence)
            {
                return events;
            }
        }

        return events;
    }
}

/// <summary>A store's memory of ids.</summary>
internal sealed class KnownFake : IKnownEvents
{
    private readonly ConcurrentDictionary<(DataStreamName, EventId), LogEvent> _events = new();

    public long KnownSequence { get; private set; }

    public Exception? Failure { get; set; }

    public int Questions { get; private set; }

    public void Index(IEnumerable<LogEvent> events)
    {
        foreach (LogEvent e in events)
        {
            _events[(e.DataStream, e.Id)] = e;
            KnownSequence = e.Sequence;
        }
    }

    public Task<bool> WaitForAsync(long sequence, TimeSpan timeout, CancellationToken cancellationToken) => Task.FromResult(KnownSequence >= sequence);

    public async Task<IReadOnlyDictionary<EventId, LogEvent>> FindAsync(
        DataStreamName dataStream, IReadOnlyCollection<EventId> ids, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Questions++;
        return Failure is { } failure
            ? throw failure
            : ids.Distinct().Where(id => _events.ContainsKey((dataStream, id))).ToDictionary(id => id, id => _events[(dataStream, id)]);
    }
}
