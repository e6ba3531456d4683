using LogView.Client.Contracts.DataStreams;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Embedded.Heads;
using LogView.Server.Storage.Embedded.Partitions;
using LogView.Server.Storage.Embedded.Segments;

namespace LogView.Server.Storage.Embedded.Maintenance;

/// <summary>Merges small segments and lets go of what retention no longer keeps. One call at a time, under the lock of the store's files.</summary>
internal sealed class Upkeep(EmbeddedStoreOptions options, Catalog catalog, SegmentStore segments, TimeProvider clock, ILogger logger)
{
    /// <summary>A segment is small below this part of the largest; merging larger ones would write the same events again and again.</summary>
    private const int SmallFactor = 4;

    /// <summary>Merges one group of small segments. False when there is none.</summary>
    public bool MergeOnce()
    {
        foreach (Partition partition in catalog.Partitions)
        {
            List<SealedSegment> group = SmallGroup(partition);
            if (group.Count >= options.MinMergedSegments)
            {
                Merge(partition, group);
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Takes out partitions that are wholly too old, then the oldest of data streams that are too large, of the last one segment by segment. Nobody may
    /// be writing meanwhile: a head that is just being opened would go with its partition.
    /// </summary>
    public void Retire()
    {
        Timestamp now = Timestamp.Now(clock);
        foreach (IGrouping<DataStreamName, Partition> stream in catalog.Partitions.GroupBy(p => p.DataStream))
        {
            Retention retention = options.Retention(stream.Key);
            if (retention != Retention.Everything)
            {
                Retire([.. stream.OrderBy(p => p.Key, StringComparer.Ordinal)], retention, now);
            }
        }
    }

    private void Retire(List<Partition> partitions, Retention retention, Timestamp now)
    {
        long excess = retention.Bytes is { } most ? partitions.Sum(BytesOf) - most : 0;
        foreach (Partition partition in partitions.Where(p => !p.Segments.IsEmpty))
        {
            bool isTooOld = retention.Age is { } age && partition.Segments.Max(s => s.Newest) < now.Add(-age);
            if (!partition.Heads.Any() && (isTooOld || (excess > 0 && BytesOf(partition) <= excess && partition != partitions[^1])))
            {
                excess -= BytesOf(partition);
                segments.Remove(partition);
                logger.PartitionRetired(partition.DataStream.Value, partition.Key);
            }
            else if (excess > 0)
            {
                excess -= DropOldest(partition, excess);
            }
        }
    }

    private long DropOldest(Partition partition, long excess)
    {
        var oldest = new List<SealedSegment>();
        long bytes = 0;
        foreach (SealedSegment segment in partition.Segments.OrderBy(s => s.Newest).TakeWhile(_ => bytes < excess))
        {
            oldest.Add(segment);
            bytes += segment.Summary.FileBytes;
        }

        segments.Drop(partition, oldest);
        logger.SegmentsRetired(partition.DataStream.Value, partition.Key, oldest.Count);
        return bytes;
    }

    private static long BytesOf(Partition partition) => partition.Segments.Sum(s => s.Summary.FileBytes);

    private List<SealedSegment> SmallGroup(Partition partition)
    {
        var group = new List<SealedSegment>();
        long events = 0, bytes = 0;
        foreach (SealedSegment segment in partition.Segments.Where(s => s.Events < options.MaxSegmentEvents / SmallFactor).OrderBy(s => s.Events))
        {
            events += segment.Events;
            bytes += segment.Summary.SourceBytes;
            if (events > options.MaxSegmentEvents || bytes > options.MaxHeadBytes)
            {
                break;
            }

            group.Add(segment);
        }

        return group;
    }

    private void Merge(Partition partition, List<SealedSegment> group)
    {
        var head = new Head(partition.DataStream, partition.Key, catalog.Chunks);
        foreach (SealedSegment segment in group)
        {
            for (int doc = 0; doc < segment.Events; doc++)
            {
                head.Add(segment.Load(doc));
            }

            segment.Trim();
        }

        head.Publish();
        segments.Merge(partition, head, group);
        head.Release();
    }
}
