using System.Collections;
using LogView.Client.Contracts.Events;
using LogView.Server.Platform;

namespace LogView.Server.Storage.Memory;

/// <param name="First">Index in the window of its first event there.</param>
/// <param name="Oldest">No event of the piece is older.</param>
/// <param name="Newest">No event of the piece is newer.</param>
internal readonly record struct WindowPiece(int First, Timestamp Oldest, Timestamp Newest);

/// <summary>
/// Events in the order of arrival: an immutable view for readers. <see cref="Append"/> and <see cref="Drop"/> make new views that share the
/// chunks of the old ones; a chunk is only ever written behind what any view shows, so readers never wait and never see a write in progress.
/// One writer at a time, always from the newest view.
/// </summary>
internal sealed class EventWindow : IReadOnlyList<LogEvent>
{
    private const int ChunkSize = 4_096;

    public static readonly EventWindow Empty = new([], [], 0, 0);

    private readonly LogEvent[][] _chunks;

    /// <summary>Oldest and newest of each chunk, as of this view.</summary>
    private readonly (Timestamp Oldest, Timestamp Newest)[] _bounds;
    private readonly int _start;

    private EventWindow(LogEvent[][] chunks, (Timestamp Oldest, Timestamp Newest)[] bounds, int start, int count) =>
        (_chunks, _bounds, _start, Count) = (chunks, bounds, start, count);

    public int Count { get; }

    /// <summary>0 is the oldest.</summary>
    public LogEvent this[int index] => _chunks[(_start + index) / ChunkSize][(_start + index) % ChunkSize];

    /// <summary>The piece of the window that holds the event at an index, so that it can be passed over as a whole.</summary>
    public WindowPiece PieceOf(int index)
    {
        int chunk = (_start + index) / ChunkSize;
        return new WindowPiece(Math.Max(0, chunk * ChunkSize - _start), _bounds[chunk].Oldest, _bounds[chunk].Newest);
    }

    public EventWindow Append(IReadOnlyList<LogEvent> events)
    {
        int end = _start + Count;
        int needed = (end + events.Count + ChunkSize - 1) / ChunkSize;
        var chunks = new LogEvent[needed][];
        var bounds = new (Timestamp Oldest, Timestamp Newest)[needed];
        _chunks.CopyTo(chunks, 0);
        _bounds.CopyTo(bounds, 0);
        bounds.AsSpan(_bounds.Length).Fill((Timestamp.MaxValue, Timestamp.MinValue));
        for (int i = 0; i < events.Count; i++)
        {
            int at = end + i;
            LogEvent[] chunk = chunks[at / ChunkSize] ??= new LogEvent[ChunkSize];
            Invariant.Check(chunk[at % ChunkSize] is null, "a window is appended to once");
            chunk[at % ChunkSize] = events[i];
            Widen(ref bounds[at / ChunkSize], events[i].Timestamp);
        }

        return new EventWindow(chunks, bounds, _start, Count + events.Count);
    }

    /// <summary>Without the oldest <paramref name="count"/> events.</summary>
    public EventWindow Drop(int count)
    {
        int start = _start + count;
        return new EventWindow(_chunks[(start / ChunkSize)..], _bounds[(start / ChunkSize)..], start % ChunkSize, Count - count);
    }

    public IEnumerator<LogEvent> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static void Widen(ref (Timestamp Oldest, Timestamp Newest) bounds, Timestamp timestamp)
    {
        bounds.Oldest = timestamp < bounds.Oldest ? timestamp : bounds.Oldest;
        bounds.Newest = timestamp > bounds.Newest ? timestamp : bounds.Newest;
    }
}
