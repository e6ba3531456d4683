using LogView.Client.Contracts.Events;
using LogView.Server.Platform;
using LogView.Server.Storage.Embedded.Partitions;

namespace LogView.Server.Storage.Embedded.Maintenance;

/// <summary>
/// Folders of partitions that left the catalog and whose files have yet to go. What cannot be deleted now is tried again; until then it must not
/// be forgotten that it was deleted. Used under the lock of the store's files.
/// </summary>
internal sealed class Removals(IFileSystem files)
{
    /// <summary>By folder: whose it is, and whether only its parent is left to sync.</summary>
    private readonly Dictionary<string, (DataStreamName Stream, bool IsRemoved)> _pending = new(StringComparer.Ordinal);

    public void Add(Partition partition)
    {
        string parent = Path.GetDirectoryName(partition.Folder)!;
        if (files.ListDirectories(parent).Contains(Path.GetFileName(partition.Folder), StringComparer.Ordinal))
        {
            _pending[partition.Folder] = (partition.DataStream, IsRemoved: false);
        }
    }

    /// <summary>True when files of the data stream may still be there.</summary>
    public bool IsPending(DataStreamName stream) => _pending.Values.Any(p => p.Stream == stream);

    /// <summary>Deletes what it can; throws the first failure after all were tried.</summary>
    public void DeleteAll()
    {
        List<Exception> failures = [];
        foreach (string folder in _pending.Keys.ToList())
        {
            try
            {
                Delete(folder);
            }
            catch (IOException e)
            {
                failures.Add(e);
            }
        }

        if (failures.Count > 0)
        {
            throw new IOException($"{failures.Count} folders of deleted partitions could not be removed: {failures[0].Message}", failures[0]);
        }
    }

    /// <summary>Before a new segment goes to a folder nothing of the deleted partition may be left in it.</summary>
    public void Clear(Partition partition)
    {
        if (_pending.ContainsKey(partition.Folder))
        {
            Delete(partition.Folder);
        }
    }

    /// <summary>
    /// The manifest goes first, durably: without one every whole file counts, so that a crash half way brings some events back until they are
    /// deleted again, and none is reported as lost. No step needs space on the disk.
    /// </summary>
    private void Delete(string folder)
    {
        (DataStreamName stream, bool isRemoved) = _pending[folder];
        if (!isRemoved)
        {
            DeleteFiles(folder);
            files.SyncDirectory(folder);
            files.DeleteDirectory(folder);
            _pending[folder] = (stream, IsRemoved: true);
        }

        // Also when this failed the last time: only then it is gone for good.
        files.SyncDirectory(Path.GetDirectoryName(folder)!);
        _pending.Remove(folder);
    }

    private void DeleteFiles(string folder)
    {
        IReadOnlyList<string> names = files.ListFiles(folder);
        if (names.Contains(StoreNames.Manifest, StringComparer.Ordinal))
        {
            files.Delete(Path.Combine(folder, StoreNames.Manifest));
            files.SyncDirectory(folder);
        }

        foreach (string name in names.Where(n => !string.Equals(n, StoreNames.Manifest, StringComparison.Ordinal)))
        {
            files.Delete(Path.Combine(folder, name));
        }
    }
}
