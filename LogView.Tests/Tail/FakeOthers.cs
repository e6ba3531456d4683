using System.Collections.Concurrent;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage;

namespace LogView.Tests.Tail;

/// <summary>A store that others write to. Every reader gets what was added after its first reading.</summary>
internal sealed class FakeOthers : IOtherEvents
{
    private readonly ConcurrentQueue<LogEvent> _all = new();

    /// <summary>Readers made.</summary>
    public int Follows { get; private set; }

    /// <summary>Readings of all readers.</summary>
    public int Readings { get; private set; }

    public StoreUnavailableException? Fails { get; set; }

    /// <summary>Said with the next reading.</summary>
    public string? Missing { get; set; }

    public int Parts { get; set; } = 1;

    public static LogEvent Event(int n)
    {
        LogEvent plain = TailBench.Event(n, dataStream: "filebeat-1");
        return new LogEvent
        {
            Id = plain.Id, DataStream = plain.DataStream, Timestamp = plain.Timestamp, Source = plain.Source, Sequence = OtherEvents.FirstSequence + n, IsOfOthers = true,
        };
    }

    public IEnumerable<LogEvent> All => _all;

    public void Add(int from, int count = 1)
    {
        foreach (int n in Enumerable.Range(from, count))
        {
            _all.Enqueue(Event(n));
        }
    }

    public IOtherEventReader Follow(StoreSearch wanted)
    {
        Follows++;
        return new Reader(this);
    }

    private sealed class Reader(FakeOthers others) : IOtherEventReader
    {
        private int _read = -1;

        public Task<OtherEventBatch> ReadAsync(CancellationToken cancellationToken)
        {
            others.Readings++;
            if (others.Fails is { } failure)
            {
                return Task.FromException<OtherEventBatch>(failure);
            }

            LogEvent[] all = [.. others._all];
            LogEvent[] events = _read < 0 ? [] : all[_read..];
            _read = all.Length;
            string? missing = others.Missing;
            others.Missing = null;
            return Task.FromResult(new OtherEventBatch(events, others.Parts, Missing: missing));
        }
    }
}
