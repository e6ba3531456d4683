using System.Collections.Concurrent;
using LogView.Client.Contracts.Events;

namespace LogView.Server.Indexing;

/// <summary>Events a second by data stream over the last minute. Safe for concurrent use.</summary>
public sealed class IngestRates(TimeProvider clock)
{
    private const int Seconds = 60;

    /// <summary>More are not counted: a shipper that invents names must not fill the memory.</summary>
    private const int MaxDataStreams = 10_000;

    private readonly ConcurrentDictionary<DataStreamName, Ring> _rings = new();

    /// <summary>They have become searchable now.</summary>
    public void Add(IReadOnlyList<LogEvent> events)
    {
        for (int start = 0, end; start < events.Count; start = end)
        {
            DataStreamName stream = events[start].DataStream;
            for (end = start + 1; end < events.Count && events[end].DataStream == stream;)
            {
                end++;
            }

            if (_rings.Count < MaxDataStreams || _rings.ContainsKey(stream))
            {
                _rings.GetOrAdd(stream, _ => new Ring()).Add(Now, end - start);
            }
        }
    }

    public double Of(DataStreamName stream) => _rings.TryGetValue(stream, out Ring? ring) ? ring.Sum(Now) / (double)Seconds : 0;

    private long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>A count for each of the last seconds.</summary>
    private sealed class Ring
    {
        private readonly (long Second, long Count)[] _counts = new (long, long)[Seconds];

        public void Add(long second, long count)
        {
            lock (_counts)
            {
                ref (long Second, long Count) slot = ref _counts[second % Seconds];
                slot = slot.Second == second ? (second, slot.Count + count) : (second, count);
            }
        }

        public long Sum(long now)
        {
            lock (_counts)
            {
                return _counts.Where(c => c.Second > now - Seconds && c.Second <= now).Sum(c => c.Count);
            }
        }
    }
}
