using LogView.Client.Contracts.Events;
using LogView.Server.Platform;
using LogView.Server.Storage.Embedded.Format;
using LogView.Server.Storage.Embedded.Partitions;
using LogView.Server.Storage.Embedded.Segments;

namespace LogView.Server.Storage.Embedded.Maintenance;

/// <summary>Finds what is on disk when the store opens, clears what a crash left behind, and sets damaged files aside.</summary>
/// <param name="files">Where the store is.</param>
/// <param name="catalog">Gets what is found.</param>
/// <param name="damage">Told of what is not whole.</param>
/// <param name="removals">Folders that have to go.</param>
/// <param name="clear">Takes a file of the partition away that has nothing which is not elsewhere; null: it is deleted.</param>
internal sealed class PartitionOpener(IFileSystem files, Catalog catalog, DamageBook damage, Removals removals, Action<Partition, string>? clear = null)
{
    public void OpenAll(StoreState state)
    {
        foreach (string folder in files.ListDirectories(catalog.Root))
        {
            if (!DataStreamName.TryParse(folder, out DataStreamName stream, out _))
            {
                continue;
            }

            foreach (string key in files.ListDirectories(StoreNames.StreamFolder(catalog.Root, stream)).Where(StoreNames.IsPartition))
            {
                Open(stream, key, state.Deleted.GetValueOrDefault(stream, long.MinValue));
            }
        }
    }

    private void Open(DataStreamName stream, string key, long deletedUpTo)
    {
        Partition partition = catalog.PartitionOf(stream, key);
        ClearUnfinished(partition);
        IReadOnlyList<string> names = files.ListFiles(partition.Folder);
        partition.NextNumber = names.Select(StoreNames.NumberIn).DefaultIfEmpty().Max() + 1;
        Dictionary<string, SegmentSummary>? listed = ReadManifest(partition);
        List<SealedSegment> opened = WithoutReplaced(partition, OpenSegments(partition, names), listed ?? []);
        bool changed = listed is null || opened.Count != listed.Keys.Count(n => !IsMissing(n, names))
            || opened.Exists(s => listed.GetValueOrDefault(NameOf(s)) != s.Summary);
        List<SealedSegment> deleted = [.. opened.Where(s => s.Summary.LastSequence <= deletedUpTo)];
        if (deleted.Count > 0)
        {
            opened.RemoveAll(deleted.Contains);
            deleted.ForEach(s => Clear(partition, s));
            files.SyncDirectory(partition.Folder);
            changed = true;
        }

        ReportMissing(partition, names, listed, deletedUpTo);
        Publish(partition, opened, changed);
    }

    private void ClearUnfinished(Partition partition)
    {
        foreach (string unfinished in files.ListFiles(partition.Folder).Where(n => n.EndsWith(StoreNames.TemporarySuffix, StringComparison.Ordinal)))
        {
            Clear(partition, unfinished);
        }
    }

    private List<SealedSegment> OpenSegments(Partition partition, IReadOnlyList<string> names) =>
    [
        .. names.Where(n => StoreNames.SegmentNumber(n) is not null).OrderBy(StoreNames.SegmentNumber).Select(n => OpenSegment(partition, n)).OfType<SealedSegment>(),
    ];

    private List<SealedSegment> WithoutReplaced(Partition partition, List<SealedSegment> opened, Dictionary<string, SegmentSummary> listed)
    {
        (List<SealedSegment> live, List<SealedSegment> replaced) = Supersession.Divide(opened, s => listed.ContainsKey(NameOf(s)), (segment, e) =>
        {
            segment.File.Release();
            SetAside(partition, NameOf(segment), e);
        });
        replaced.ForEach(s => Clear(partition, s));
        return live;
    }

    private void ReportMissing(Partition partition, IReadOnlyList<string> names, Dictionary<string, SegmentSummary>? listed, long deletedUpTo)
    {
        foreach (string name in names.Where(n => n.EndsWith(StoreNames.DamagedSuffix, StringComparison.Ordinal) && StoreNames.NumberIn(n) > 0))
        {
            damage.Add(partition.DataStream, partition.Key, $"{partition}/{name} was set aside earlier");
        }

        if (deletedUpTo == long.MinValue)
        {
            foreach (string name in listed?.Keys.Where(n => IsMissing(n, names)) ?? [])
            {
                damage.Add(partition.DataStream, partition.Key, $"{partition}/{name} is missing");
            }
        }
    }

    /// <summary>One that was set aside is accounted for.</summary>
    private static bool IsMissing(string name, IReadOnlyList<string> names) =>
        !names.Contains(name, StringComparer.Ordinal) && !names.Contains(name + StoreNames.DamagedSuffix, StringComparer.Ordinal);

    private void Publish(Partition partition, List<SealedSegment> opened, bool changed)
    {
        partition.Segments = [.. opened];
        if (opened.Count == 0)
        {
            catalog.Remove(partition);
            bool keepsDamaged = files.ListFiles(partition.Folder).Any(n => n.EndsWith(StoreNames.DamagedSuffix, StringComparison.Ordinal));
            if (!keepsDamaged)
            {
                removals.Add(partition);
                return;
            }
        }

        if (changed)
        {
            partition.ToManifest().Write(files, partition.Folder);
        }
    }

    private static string NameOf(SealedSegment segment) => Path.GetFileName(segment.File.Path);

    private void Clear(Partition partition, SealedSegment segment)
    {
        segment.File.Release();
        Clear(partition, NameOf(segment));
    }

    private void Clear(Partition partition, string name)
    {
        if (clear is null)
        {
            files.Delete(Path.Combine(partition.Folder, name));
        }
        else
        {
            clear(partition, name);
        }
    }

    /// <summary>The live segments by name; null when no manifest tells.</summary>
    private Dictionary<string, SegmentSummary>? ReadManifest(Partition partition)
    {
        try
        {
            return Manifest.Read(files, partition.Folder) is { } manifest
                ? manifest.Segments.ToDictionary(s => s.Name, s => s.Summary, StringComparer.Ordinal) : null;
        }
        catch (DamagedFileException e)
        {
            // No event is lost by it: the segments say themselves which of them count.
            damage.Add(null, null, $"{partition}: {e.Message}; it is made again from the segments");
            files.Rename(e.Path, e.Path + StoreNames.DamagedSuffix);
            return null;
        }
    }

    private SealedSegment? OpenSegment(Partition partition, string name)
    {
        try
        {
            return SealedSegment.Open(files, Path.Combine(partition.Folder, name), partition.DataStream);
        }
        catch (DamagedFileException e)
        {
            SetAside(partition, name, e);
            return null;
        }
    }

    private void SetAside(Partition partition, string name, DamagedFileException e)
    {
        damage.Add(partition.DataStream, partition.Key, $"{partition}/{name}: {e.Message}");
        string path = Path.Combine(partition.Folder, name);
        files.Rename(path, path + StoreNames.DamagedSuffix);
    }
}
