using LogView.Server.Platform;
using LogView.Server.Storage.Embedded.Format;
using LogView.Server.Storage.Embedded.Heads;
using LogView.Server.Storage.Embedded.Partitions;
using LogView.Server.Storage.Embedded.Sealing;
using LogView.Server.Storage.Embedded.Segments;

namespace LogView.Server.Storage.Embedded.Maintenance;

/// <summary>
/// Puts segments on disk and takes them away. The order makes every crash safe: a segment file is whole and synced before a manifest names
/// it, a manifest is replaced by one rename, and files leave only after no manifest names them. One call at a time.
/// </summary>
internal sealed class SegmentStore(IFileSystem files, Catalog catalog)
{
    /// <summary>Writes the head's segment and puts it in the head's place. Nothing changes when it throws.</summary>
    public void Seal(Partition partition, Head head) => Publish(partition, head, [head], []);

    /// <summary>Puts one segment in the place of several, made of a head that has all their events.</summary>
    public void Merge(Partition partition, Head merged, IReadOnlyList<SealedSegment> segments)
    {
        Publish(partition, merged, [], segments);
        foreach (SealedSegment segment in segments)
        {
            segment.File.Release();
            files.Delete(segment.File.Path);
        }
    }

    /// <summary>Takes a partition and its files away; its heads are forgotten.</summary>
    public void Delete(Partition partition)
    {
        catalog.Remove(partition);
        foreach (SealedSegment segment in partition.Segments)
        {
            segment.File.Release();
        }

        DeleteFolder(partition.Folder);
    }

    /// <summary>Renames a damaged segment so that nothing reads it any more, and goes on without it.</summary>
    public void Quarantine(Partition partition, SealedSegment segment)
    {
        catalog.Replace(partition, [], [segment], by: null);
        partition.ToManifest().Write(files, partition.Folder);
        segment.File.Release();
        files.Rename(segment.File.Path, segment.File.Path + StoreNames.DamagedSuffix);
        files.SyncDirectory(partition.Folder);
    }

    /// <summary>The manifest goes first: a folder without one is taken for what it holds, file by file.</summary>
    public void DeleteFolder(string folder)
    {
        foreach (string name in files.ListFiles(folder).OrderBy(n => string.Equals(n, StoreNames.Manifest, StringComparison.Ordinal) ? 0 : 1))
        {
            files.Delete(Path.Combine(folder, name));
        }

        if (files.ListDirectories(Path.GetDirectoryName(folder)!).Contains(Path.GetFileName(folder), StringComparer.Ordinal))
        {
            files.DeleteDirectory(folder);
            files.SyncDirectory(Path.GetDirectoryName(folder)!);
        }
    }

    private void Publish(Partition partition, Head head, IReadOnlyList<Head> heads, IReadOnlyList<SealedSegment> segments)
    {
        files.CreateDirectory(partition.Folder);
        string name = StoreNames.Segment(partition.NextNumber++);
        string path = Path.Combine(partition.Folder, name), temporary = path + StoreNames.TemporarySuffix;
        SealedSegment? made = null;
        bool isNamed = false;
        try
        {
            // Under its final name a segment is always whole.
            SegmentSummary summary = SegmentWriter.Write(files, temporary, head);
            files.Rename(temporary, path);
            files.SyncDirectory(partition.Folder);
            made = SealedSegment.Open(files, path, partition.DataStream);
            Invariant.Check(made.Summary with { FileBytes = summary.FileBytes } == summary, "a segment reads as it was written");
            Manifest manifest = partition.ToManifest();
            isNamed = true;
            new Manifest([.. manifest.Segments.Where(s => !segments.Any(old => string.Equals(Path.GetFileName(old.File.Path), s.Name, StringComparison.Ordinal))), new ManifestEntry(name, made.Summary)])
                .Write(files, partition.Folder);
        }
        catch (Exception)
        {
            // A manifest whose writing failed half way may name the file already: then it stays, and the next opening decides.
            made?.File.Release();
            if (!isNamed)
            {
                DeleteLeftovers(partition.Folder, name);
            }

            throw;
        }

        catalog.Replace(partition, heads, segments, made);
    }

    /// <summary>After a failed write the file is only in the way; when even deleting fails, opening the store clears it.</summary>
    private void DeleteLeftovers(string folder, string name)
    {
        try
        {
            foreach (string left in files.ListFiles(folder).Where(n => n.StartsWith(name, StringComparison.Ordinal)))
            {
                files.Delete(Path.Combine(folder, left));
            }
        }
        catch (IOException)
        {
            // The failure before this one is the one to tell.
        }
    }
}
