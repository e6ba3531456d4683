using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Embedded.Heads;
using LogView.Server.Storage.Embedded.Segments;

namespace LogView.Server.Storage.Embedded.Partitions;

/// <summary>What one search sees. Holds its segments open and its heads in memory until it is disposed of.</summary>
internal sealed class Snapshot(IReadOnlyList<SegmentView> views) : IDisposable
{
    public IReadOnlyList<SegmentView> Views => views;

    public LogEvent? Find(EventId id)
    {
        foreach (SegmentView view in views)
        {
            int doc = view.Find(id);
            if (doc >= 0)
            {
                return view.Load(doc);
            }
        }

        return null;
    }

    public void Dispose()
    {
        foreach (SegmentView view in views)
        {
            (view as SealedSegment)?.File.Release();
            (view as HeadView)?.Head.Release();
        }
    }
}
