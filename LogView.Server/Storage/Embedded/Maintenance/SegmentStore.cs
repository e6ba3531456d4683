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
internal sealed class SegmentStore(IFileSystem files, Catalog catalog, Removals removals)
{
    /// <summary>Writes the head's segment and puts it in the head's place. Nothing changes when it throws.</summary>
    public void Seal(Partition partition, Head head) => Publish(partition, head, [head], []);

    /// <summary>Puts one segment in the place of several, made of a head that has all their events.</summary>
    public void Merge(Partition partition, Head merged, IReadOnlyList<SealedSegment> segments)
    {
        Publish(partition, merged, [], segments);
        DeleteFiles(segments);
    }

    /// <summary>Lets go of some segments of a partition for good.</summary>
    public void Drop(Partition partition, IReadOnlyList<SealedSegment> segments)
    {
        Without(partition, segments).Write(files, partition.Folder);
        catalog.Replace(partition, [], segments, by: null);
        DeleteFiles(segments);
    }

    /// <summary>Takes a partition out; its files are deleted by <see cref="Removals.DeleteAll"/>. Its heads are forgotten.</summary>
    public void Remove(Partition partition)
    {
        catalog.Remove(partition);
        removals.Add(partition);
        foreach (SealedSegment segment in partition.Segments)
        {
            segment.File.Release();
        }
    }

    /// <summary>Renames a damaged segment so that nothing reads it any more, and goes on without it.</summary>
    public void Quarantine(Partition partition, SealedSegment segment)
    {
        catalog.Replace(partition, [], [segment], by: null);
        segment.File.Release();
        try
        {
            partition.ToManifest().Write(files, partition.Folder);
            files.Rename(segment.File.Path, segment.File.Path + StoreNames.DamagedSuffix);
            files.SyncDirectory(partition.Folder);
        }
        catch (IOException)
        {
            // A full disk is no reason to fail the search: nothing reads the file any more, and the next opening finds the damage again.
        }
    }

    /// <summary>References first: a file that cannot be deleted now is no longer named by any manifest and goes when the store opens next.</summary>
    private void DeleteFiles(IReadOnlyList<SealedSegment> segments)
    {
        foreach (SealedSegment segment in segments)
        {
            segment.File.Release();
        }

        foreach (SealedSegment segment in segments)
        {
            files.Delete(segment.File.Path);
        }
    }

    private static Manifest Without(Partition partition, IReadOnlyList<SealedSegment> segments)
    {
        HashSet<string> gone = segments.Select(s => Path.GetFileName(s.File.Path)).ToHashSet(StringComparer.Ordinal);
        return new Manifest([.. partition.ToManifest().Segments.Where(s => !gone.Contains(s.Name))]);
    }

    private void Publish(Partition partition, Head head, IReadOnlyList<Head> heads, IReadOnlyList<SealedSegment> segments)
    {
        removals.Clear(partition);
        files.CreateDirectory(partition.Folder);
        if (partition.Segments.IsEmpty)
        {
            // The folder may have been used before: names of files set aside in it are not taken again.
            partition.NextNumber = Math.Max(partition.NextNumber, files.ListFiles(partition.Folder).Select(StoreNames.NumberIn).DefaultIfEmpty().Max() + 1);
        }

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
            isNamed = true;
            Manifest rest = Without(partition, segments);
            new Manifest([.. rest.Segments, new ManifestEntry(name, made.Summary)]).Write(files, partition.Folder);
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
