using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Embedded.Format;
using LogView.Server.Storage.Embedded.Heads;
using LogView.Server.Storage.Embedded.Partitions;
using LogView.Server.Storage.Embedded.Segments;

namespace LogView.Server.Storage.Embedded.Writing;

/// <summary>
/// Tells which events of a write are there already. Ids that LogView made grow, so one look at the greatest sealed one settles nearly
/// all of them; ids of shippers are looked for in every segment's filter.
/// </summary>
internal sealed class KnownIds : IDisposable
{
    private readonly Snapshot _snapshot;
    private readonly SealedSegment[] _segments;
    private readonly List<Head> _heads;
    private readonly UInt128 _lastMade;

    public KnownIds(Catalog catalog, DataStreamName stream)
    {
        _snapshot = catalog.TakeSnapshot(s => s == stream, Client.Contracts.Time.TimeRange.All);
        _segments = [.. _snapshot.Views.OfType<SealedSegment>()];
        _heads = [.. _snapshot.Views.OfType<HeadView>().Select(v => v.Head)];
        _lastMade = _segments.Length == 0 ? 0 : _segments.Max(s => s.LastMadeId);
    }

    /// <summary>A head that was opened after this was made.</summary>
    public void AddHead(Head head)
    {
        if (!_heads.Contains(head))
        {
            _heads.Add(head);
        }
    }

    public bool Contains(LogEvent logEvent)
    {
        UInt128? made = MadeIdOf(logEvent);
        foreach (Head head in _heads)
        {
            if (!(made > head.Ids.LastMade) && head.Find(logEvent.Id) >= 0)
            {
                return true;
            }
        }

        return _segments.Length > 0 && !(made > _lastMade) && Array.Exists(_segments, s => s.Find(logEvent.Id) >= 0);
    }

    public void Dispose() => _snapshot.Dispose();

    /// <summary>The number of an id that LogView made; null for any other.</summary>
    private static UInt128? MadeIdOf(LogEvent logEvent)
    {
        Span<byte> utf8 = stackalloc byte[MadeId.Length];
        return !logEvent.IsIdGiven && Encoding.UTF8.TryGetBytes(logEvent.Id.Value, utf8, out int length) && MadeId.TryRead(utf8[..length], out UInt128 made)
            ? made
            : null;
    }
}
