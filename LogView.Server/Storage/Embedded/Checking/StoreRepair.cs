using LogView.Client.Contracts.Events;
using LogView.Server.Platform;
using LogView.Server.Storage.Embedded.Maintenance;
using LogView.Server.Storage.Embedded.Partitions;
using LogView.Server.Storage.Embedded.Segments;
using LogView.Server.Storage.Embedded.Writing;

namespace LogView.Server.Storage.Embedded.Checking;

/// <summary>
/// Makes damaged segments of a store that nobody has open whole again from what of them can be read: indexes from the sources, as they were made the
/// first time. Deletes nothing: a damaged file is moved to a folder of its own once what it has is safe.
/// </summary>
public sealed class StoreRepair
{
    private readonly IFileSystem _files;
    private readonly string _root;
    private readonly string _aside;
    private readonly List<string> _done = [];
    private readonly DamageBook _book;
    private readonly Catalog _catalog;
    private readonly SegmentStore _segments;

    /// <param name="files">Where the store is.</param>
    /// <param name="folder">The store's own folder.</param>
    /// <param name="aside">Where damaged files go; made when there are some.</param>
    /// <param name="logger">Told what is found damaged on the way.</param>
    public StoreRepair(IFileSystem files, string folder, string aside, ILogger logger)
    {
        (_files, _root, _aside) = (files, folder, aside);
        _book = new DamageBook(logger);
        _catalog = new Catalog(folder);
        _segments = new SegmentStore(files, _catalog, new Removals(files));
    }

    /// <summary>What was done, one sentence each.</summary>
    public IReadOnlyList<string> Done => _done;

    /// <summary>Checks the store and repairs what it finds. Throws <see cref="IOException"/>; what was repaired by then stays.</summary>
    public void Run()
    {
        var check = new StoreCheck(_files, _root);
        check.Run();
        foreach ((DataStreamName stream, string key, string path) in check.Damaged.Where(d => !d.Path.EndsWith(StoreNames.DamagedSuffix, StringComparison.Ordinal)))
        {
            // From here on a start would not read it either, whatever happens to this run.
            _files.Rename(path, path + StoreNames.DamagedSuffix);
            _files.SyncDirectory(Path.GetDirectoryName(path)!);
        }

        StoreState state = StoreState.Read(_files, _root, out string? damage);
        if (damage is not null)
        {
            MoveAside(Path.Combine(_root, StoreNames.State), StoreNames.State);
        }

        new PartitionOpener(_files, _catalog, _book, new Removals(_files), Clear).OpenAll(state);
        try
        {
            foreach ((DataStreamName stream, string key, string path) in check.Damaged)
            {
                Repair(stream, key, path.EndsWith(StoreNames.DamagedSuffix, StringComparison.Ordinal) ? path : path + StoreNames.DamagedSuffix);
            }

            foreach ((DataStreamName stream, string key, string name) in check.Missing)
            {
                GiveUp(_catalog.PartitionOf(stream, key), name);
            }
        }
        finally
        {
            foreach (SealedSegment segment in _catalog.Partitions.SelectMany(p => p.Segments))
            {
                segment.File.Release();
            }
        }
    }

    private void Repair(DataStreamName stream, string key, string path)
    {
        Partition partition = _catalog.PartitionOf(stream, key);
        string name = $"{partition}/{Path.GetFileName(path)}";
        var salvage = new Salvage(new ReadOnlyFiles(_files), stream, key);
        using (var known = new KnownIds(_catalog, stream))
        {
            salvage.Read(path, known);
        }

        if (salvage.Head.Published > 0)
        {
            _segments.Seal(partition, salvage.Head);
        }

        MoveAside(path, Path.Combine(stream.Value, key, Path.GetFileName(path)));
        _done.Add($"{name}: {salvage.Outcome}; the file is at {Path.Combine(_aside, stream.Value, key, Path.GetFileName(path))}.");
    }

    /// <summary>A file that is not there and was not set aside is not waited for any longer; put back later, it counts again.</summary>
    private void GiveUp(Partition partition, string name)
    {
        partition.ToManifest().Write(_files, partition.Folder);
        if (!_files.ListFiles(partition.Folder).Contains(name + StoreNames.DamagedSuffix, StringComparer.Ordinal))
        {
            _done.Add($"{partition}/{name} is missing and no longer waited for; put back from a backup, it counts again.");
        }
    }

    /// <summary>What a crash left behind; its events are elsewhere.</summary>
    private void Clear(Partition partition, string name)
    {
        string relative = Path.Combine(partition.DataStream.Value, partition.Key, name);
        MoveAside(Path.Combine(partition.Folder, name), relative);
        _done.Add($"{partition}/{name}: left behind by a crash; the file is at {Path.Combine(_aside, relative)}.");
    }

    private void MoveAside(string path, string relative)
    {
        string to = Path.Combine(_aside, relative);
        _files.CreateDirectory(Path.GetDirectoryName(to)!);
        _files.Rename(path, to);
        _files.SyncDirectory(Path.GetDirectoryName(to)!);
        _files.SyncDirectory(Path.GetDirectoryName(path)!);
    }
}
