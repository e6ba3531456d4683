using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Server.Storage.Embedded.Heads;
using LogView.Server.Storage.Embedded.Segments;

namespace LogView.Server.Storage.Embedded.Partitions;

/// <summary>
/// All partitions of all data streams. One lock, held for microseconds, makes every change visible at once: a search sees all of a write or
/// nothing, and a segment instead of its head, never both.
/// </summary>
internal sealed class Catalog(string root)
{
    private readonly Lock _sync = new();
    private readonly Dictionary<DataStreamName, SortedDictionary<string, Partition>> _streams = [];

    public string Root => root;

    /// <summary>What sealed heads leave to the next ones.</summary>
    public ChunkPool Chunks { get; } = new();

    /// <summary>Heads that take events or wait for their segment.</summary>
    public IReadOnlyList<Head> Heads => Under(() => All.SelectMany(p => p.Heads).ToArray());

    public IReadOnlyList<Partition> Partitions => Under(() => All.ToArray());

    /// <summary>For use inside <see cref="Under"/>.</summary>
    public IEnumerable<Partition> PartitionsUnlocked => All;

    private IEnumerable<Partition> All => _streams.Values.SelectMany(s => s.Values);

    /// <summary>Runs a change, or a look at several things that belong together.</summary>
    public T Under<T>(Func<T> look)
    {
        lock (_sync)
        {
            return look();
        }
    }

    public Partition PartitionOf(DataStreamName stream, string key) => Under(() =>
    {
        if (!_streams.TryGetValue(stream, out SortedDictionary<string, Partition>? partitions))
        {
            _streams[stream] = partitions = new SortedDictionary<string, Partition>(StringComparer.Ordinal);
        }

        if (!partitions.TryGetValue(key, out Partition? partition))
        {
            partitions[key] = partition = new Partition(stream, key, Path.Combine(StoreNames.StreamFolder(root, stream), key));
        }

        return partition;
    });

    /// <summary>What a search may look at, as of now.</summary>
    public Snapshot TakeSnapshot(Func<DataStreamName, bool> streams, TimeRange range) => Under(() =>
    {
        var views = new List<SegmentView>();
        foreach ((DataStreamName name, SortedDictionary<string, Partition> partitions) in _streams)
        {
            if (streams(name))
            {
                foreach (Partition partition in partitions.Values)
                {
                    AddViews(partition, range, views);
                }
            }
        }

        return new Snapshot(views);
    });

    /// <summary>One segment in place of the heads or segments it was made from.</summary>
    public void Replace(Partition partition, IReadOnlyList<Head> heads, IReadOnlyList<SealedSegment> segments, SealedSegment? by) => Under(() =>
    {
        foreach (Head head in heads.Where(partition.Sealing.Contains))
        {
            head.Release();
        }

        partition.Sealing = partition.Sealing.RemoveRange(heads);
        partition.Segments = partition.Segments.RemoveRange(segments);
        if (by is not null)
        {
            partition.Segments = partition.Segments.Add(by);
        }

        return true;
    });

    /// <summary>Takes a partition out; its files are the caller's.</summary>
    public void Remove(Partition partition) => Under(() =>
    {
        if (_streams.TryGetValue(partition.DataStream, out SortedDictionary<string, Partition>? partitions) && partitions.Remove(partition.Key))
        {
            partition.IsGone = true;
            if (partitions.Count == 0)
            {
                _streams.Remove(partition.DataStream);
            }
        }

        return true;
    });

    public IReadOnlyList<Partition> PartitionsOf(DataStreamName stream) => Under(() =>
        _streams.TryGetValue(stream, out SortedDictionary<string, Partition>? partitions) ? partitions.Values.ToArray() : []);

    public IReadOnlyList<DataStreamInfo> Describe() => Under(() =>
    {
        var infos = new List<DataStreamInfo>();
        foreach ((DataStreamName name, SortedDictionary<string, Partition> partitions) in _streams)
        {
            DataStreamInfo info = Describe(name, partitions.Values);
            if (info.Events > 0)
            {
                infos.Add(info);
            }
        }

        infos.Sort((x, y) => string.CompareOrdinal(x.Name.Value, y.Name.Value));
        return infos;
    });

    private static void AddViews(Partition partition, TimeRange range, List<SegmentView> views)
    {
        foreach (Head head in partition.Heads)
        {
            if (head.Published > 0 && Overlaps(range, head.Oldest, head.Newest))
            {
                head.AddReference();
                views.Add(new HeadView(head));
            }
        }

        foreach (SealedSegment segment in partition.Segments)
        {
            if (Overlaps(range, segment.Oldest, segment.Newest) && segment.File.TryAddReference())
            {
                views.Add(segment);
            }
        }
    }

    private static bool Overlaps(TimeRange range, Timestamp oldest, Timestamp newest) =>
        newest >= range.From && (oldest < range.To || range.To == Timestamp.MaxValue);

    private static DataStreamInfo Describe(DataStreamName name, IEnumerable<Partition> partitions)
    {
        var info = new DataStreamInfo(name, 0, 0, null, null);
        foreach (Partition partition in partitions)
        {
            foreach (Head head in partition.Heads.Where(h => h.Published > 0))
            {
                info = Add(info, head.Published, head.Sources.Length, head.Oldest, head.Newest);
            }

            foreach (SealedSegment segment in partition.Segments)
            {
                info = Add(info, segment.Events, segment.Summary.FileBytes, segment.Oldest, segment.Newest);
            }
        }

        return info;
    }

    private static DataStreamInfo Add(DataStreamInfo info, long events, long bytes, Timestamp oldest, Timestamp newest) => info with
    {
        Events = info.Events + events,
        Bytes = info.Bytes + bytes,
        Oldest = info.Oldest is not { } old || oldest < old ? oldest : info.Oldest,
        Newest = info.Newest is not { } young || newest > young ? newest : info.Newest,
    };
}
