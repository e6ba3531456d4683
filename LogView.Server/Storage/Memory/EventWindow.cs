using System.Collections;
using LogView.Client.Contracts.Events;
using LogView.Server.Platform;

namespace LogView.Server.Storage.Memory;

/// <summary>
/// Events in the order of arrival: an immutable view for readers. <see cref="Append"/> and <see cref="Drop"/> make new views that share the
/// chunks of the old ones; a chunk is only ever written behind what any view shows, so readers never wait and never see a write in progress.
/// One writer at a time, always from the newest view.
/// </summary>
internal sealed class EventWindow : IReadOnlyList<LogEvent>
{
    private const int ChunkSize = 4_096;

    public static readonly EventWindow Empty = new([], 0, 0);

    private readonly LogEvent[][] _chunks;
    private readonly int _start;

    private EventWindow(LogEvent[][] chunks, int start, int count) => (_chunks, _start, Count) = (chunks, start, count);

    public int Count { get; }

    /// <summary>0 is the oldest.</summary>
    public LogEvent this[int index] => _chunks[(_start + index) / ChunkSize][(_start + index) % ChunkSize];

    public EventWindow Append(IReadOnlyList<LogEvent> events)
    {
        int end = _start + Count;
        var chunks = new LogEvent[(end + events.Count + ChunkSize - 1) / ChunkSize][];
        _chunks.CopyTo(chunks, 0);
        for (int i = 0; i < events.Count; i++)
        {
            int at = end + i;
            LogEvent[] chunk = chunks[at / ChunkSize] ??= new LogEvent[ChunkSize];
            Invariant.Check(chunk[at % ChunkSize] is null, "a window is appended to once");
            chunk[at % ChunkSize] = events[i];
        }

        return new EventWindow(chunks, _start, Count + events.Count);
    }

    /// <summary>Without the oldest <paramref name="count"/> events.</summary>
    public EventWindow Drop(int count)
    {
        int start = _start + count;
        return new EventWindow(_chunks[(start / ChunkSize)..], start % ChunkSize, Count - count);
    }

    public IEnumerator<LogEvent> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
