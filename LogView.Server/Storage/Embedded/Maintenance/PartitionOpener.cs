using LogView.Client.Contracts.Events;
using LogView.Server.Platform;
using LogView.Server.Storage.Embedded.Format;
using LogView.Server.Storage.Embedded.Partitions;
using LogView.Server.Storage.Embedded.Segments;

namespace LogView.Server.Storage.Embedded.Maintenance;

/// <summary>Finds what is on disk when the store opens, clears what a crash left behind, and sets damaged files aside.</summary>
internal sealed class PartitionOpener(IFileSystem files, Catalog catalog, List<string> damage)
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
        foreach (string unfinished in files.ListFiles(partition.Folder).Where(n => n.EndsWith(StoreNames.TemporarySuffix, StringComparison.Ordinal)))
        {
            files.Delete(Path.Combine(partition.Folder, unfinished));
        }

        IReadOnlyList<string> names = files.ListFiles(partition.Folder);
        partition.NextNumber = names.Select(n => StoreNames.SegmentNumber(n.Replace(StoreNames.DamagedSuffix, "", StringComparison.Ordinal)) ?? 0)
            .DefaultIfEmpty().Max() + 1;
        HashSet<string>? listed = ReadManifest(partition);
        var opened = new List<SealedSegment>();
        bool changed = listed is null;
        foreach (string name in names.Where(n => StoreNames.SegmentNumber(n) is not null).Order(StringComparer.Ordinal))
        {
            if (listed is not null && !listed.Contains(name))
            {
                files.Delete(Path.Combine(partition.Folder, name));
            }
            else if (OpenSegment(partition, name) is not { } segment)
            {
                changed = true;
            }
            else if (segment.Summary.LastSequence <= deletedUpTo)
            {
                segment.File.Release();
                files.Delete(segment.File.Path);
                changed = true;
            }
            else
            {
                opened.Add(segment);
            }
        }

        Publish(partition, opened, changed, listed?.Except(names, StringComparer.Ordinal) ?? []);
    }

    private void Publish(Partition partition, List<SealedSegment> opened, bool changed, IEnumerable<string> missing)
    {
        foreach (string name in missing)
        {
            damage.Add($"{partition.DataStream}/{partition.Key}/{name} is missing");
            changed = true;
        }

        partition.Segments = [.. opened];
        if (opened.Count == 0)
        {
            catalog.Remove(partition);
        }

        if (changed)
        {
            partition.ToManifest().Write(files, partition.Folder);
        }
    }

    /// <summary>Names of the live segments; null when no manifest tells, and then every whole file counts.</summary>
    private HashSet<string>? ReadManifest(Partition partition)
    {
        try
        {
            return Manifest.Read(files, partition.Folder) is { } manifest
                ? manifest.Segments.Select(s => s.Name).ToHashSet(StringComparer.Ordinal) : null;
        }
        catch (DamagedFileException e)
        {
            damage.Add($"{partition.DataStream}/{partition.Key}: {e.Message}");
            files.Rename(e.Path, e.Path + StoreNames.DamagedSuffix);
            return null;
        }
    }

    private SealedSegment? OpenSegment(Partition partition, string name)
    {
        string path = Path.Combine(partition.Folder, name);
        try
        {
            return SealedSegment.Open(files, path, partition.DataStream);
        }
        catch (DamagedFileException e)
        {
            damage.Add($"{partition.DataStream}/{partition.Key}/{name}: {e.Message}");
            files.Rename(path, path + StoreNames.DamagedSuffix);
            return null;
        }
    }
}
