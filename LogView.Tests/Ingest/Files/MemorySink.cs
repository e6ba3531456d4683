using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Server.Ingest.Pipeline;
using LogView.Server.Wal;

namespace LogView.Tests.Ingest.Files;

/// <summary>A sink in memory that keeps the contract of ids: an event is stored once, another text under the same id is a conflict.</summary>
internal sealed class MemorySink : IEventSink
{
    private readonly Lock _gate = new();
    private readonly List<LogEvent> _events = [];
    private readonly Dictionary<(DataStreamName, EventId), LogEvent> _byId = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Calls that are refused before the next one is taken.</summary>
    public int Unavailable { get; set; }

    /// <summary>Called before a batch is taken; may throw.</summary>
    public Action<IReadOnlyList<ReceivedEvent>> OnWrite { get; set; } = _ => { };

    public int AlreadyThere { get; private set; }

    public int Conflicts { get; private set; }

    public int Largest { get; private set; }

    public IReadOnlyList<LogEvent> Events
    {
        get
        {
            lock (_gate)
            {
                return [.. _events];
            }
        }
    }

    /// <summary>The lines as they were in the files.</summary>
    public IReadOnlyList<string> Texts => [.. Events.Select(Text)];

    public static string Text(LogEvent e)
    {
        string source = Encoding.UTF8.GetString(e.Source.Span);
        EventFields fields = EventFlattener.Flatten(e.Source.Span);
        return fields.Values("event.original") is [var original, ..] ? original.ToString() : fields.Values("message") is [var message, ..] ? message.ToString() : source;
    }

    public Task Changed
    {
        get
        {
            lock (_gate)
            {
                return _changed.Task;
            }
        }
    }

    public Task<SinkResult> WriteAsync(string receiver, IReadOnlyList<ReceivedEvent> events, CancellationToken cancellationToken)
    {
        Assert.Equal("files", receiver);
        OnWrite(events);
        lock (_gate)
        {
            Signal();
            if (Unavailable > 0)
            {
                Unavailable--;
                throw new WalUnavailableException { RetryAfter = TimeSpan.FromSeconds(1) };
            }

            Largest = Math.Max(Largest, events.Sum(e => e.Source.Length));
            return Task.FromResult(new SinkResult([.. events.Select(Store)], _events.Count));
        }
    }

    private WriteOutcome Store(ReceivedEvent received)
    {
        EventId id = received.Id!.Value;
        if (_byId.TryGetValue((received.DataStream, id), out LogEvent? known))
        {
            bool same = known.Source.Span.SequenceEqual(received.Source.Span);
            AlreadyThere += same ? 1 : 0;
            Conflicts += same ? 0 : 1;
            return new WriteOutcome(same ? WriteStatus.AlreadyThere : WriteStatus.Conflict, id, Reason: null);
        }

        LogEvent stored = new()
        {
            Id = id, DataStream = received.DataStream, Timestamp = received.Timestamp ?? received.ReceivedAt, Source = received.Source, Derived = received.Derived,
            Sequence = _events.Count + 1,
        };
        _byId[(received.DataStream, id)] = stored;
        _events.Add(stored);
        return new WriteOutcome(WriteStatus.Stored, id, Reason: null);
    }

    private void Signal()
    {
        TaskCompletionSource before = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        before.SetResult();
    }
}
