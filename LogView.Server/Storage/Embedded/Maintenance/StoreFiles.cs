using LogView.Client.Contracts.Events;
using LogView.Server.Platform;
using LogView.Server.Storage.Embedded.Format;
using LogView.Server.Storage.Embedded.Heads;
using LogView.Server.Storage.Embedded.Partitions;
using LogView.Server.Storage.Embedded.Writing;

namespace LogView.Server.Storage.Embedded.Maintenance;

/// <summary>Every change of the store's files, one at a time, and what was found damaged among them. Safe for concurrent use.</summary>
internal sealed class StoreFiles
{
    private readonly Catalog _catalog;
    private readonly SegmentStore _segments;
    private readonly Removals _removals;
    private readonly Upkeep _upkeep;
    private readonly ILogger _logger;
    private readonly Lock _disk = new();

    /// <summary>Opens what is on disk. Throws <see cref="IOException"/> when the folder cannot be used.</summary>
    public StoreFiles(EmbeddedStoreOptions options, IFileSystem files, Catalog catalog, TimeProvider clock, ILogger logger)
    {
        (_catalog, _logger) = (catalog, logger);
        Damage = new DamageBook(logger);
        _removals = new Removals(files);
        _segments = new SegmentStore(files, catalog, _removals);
        StoreState state = StoreState.Read(files, options.Directory, out string? damage);
        if (damage is not null)
        {
            Damage.Add(null, null, $"{damage}; the write-ahead log is read from its start");
        }

        new PartitionOpener(files, catalog, Damage, _removals).OpenAll(state);
        Durability = new Durability(files, catalog, state);
        _upkeep = new Upkeep(options, catalog, _segments, clock, logger);
    }

    public DamageBook Damage { get; }

    public Durability Durability { get; }

    /// <summary>Makes a segment of the head. Does nothing for one whose partition is gone or that has no events.</summary>
    public void Seal(Partition partition, Head head)
    {
        lock (_disk)
        {
            if (!partition.IsGone && head.Published > 0)
            {
                _segments.Seal(partition, head);
            }
            else
            {
                _catalog.Replace(partition, [head], [], by: null);
            }

            Durability.Advance(_removals.IsPending);
        }
    }

    /// <summary>Removes all of a data stream. Nobody may be writing meanwhile. False when there is nothing of it.</summary>
    public bool Delete(DataStreamName name)
    {
        lock (_disk)
        {
            // Remembered before anything is removed.
            Durability.Delete(name);
            IReadOnlyList<Partition> removed = _catalog.PartitionsOf(name);
            foreach (Partition partition in removed)
            {
                _segments.Remove(partition);
            }

            Damage.Forget(name);
            DeleteRemoved();
            Durability.Advance(_removals.IsPending);
            return removed.Count > 0;
        }
    }

    /// <summary>Takes out what retention no longer keeps. Nobody may be writing meanwhile.</summary>
    public void Retire()
    {
        lock (_disk)
        {
            _upkeep.Retire();
        }
    }

    /// <summary>Deletes what was taken out. What cannot be deleted now is tried again by the next call.</summary>
    public void DeleteRemoved()
    {
        lock (_disk)
        {
            try
            {
                _removals.DeleteAll();
            }
            catch (IOException e)
            {
                _logger.DeleteFailed(e);
            }
        }
    }

    /// <summary>Merges one group of small segments. False when there is none.</summary>
    public bool MergeOnce()
    {
        lock (_disk)
        {
            return Serving(_upkeep.MergeOnce);
        }
    }

    /// <summary>Tries again without each segment that turns out to be damaged. There are fewer of them each time.</summary>
    public T Serving<T>(Func<T> work)
    {
        while (true)
        {
            try
            {
                return work();
            }
            catch (DamagedFileException e)
            {
                Quarantine(e);
            }
        }
    }

    /// <summary>The same for work that waits.</summary>
    public async Task<T> ServingAsync<T>(Func<Task<T>> work)
    {
        while (true)
        {
            try
            {
                return await work();
            }
            catch (DamagedFileException e)
            {
                Quarantine(e);
            }
        }
    }

    private void Quarantine(DamagedFileException damage)
    {
        lock (_disk)
        {
            foreach (Partition partition in _catalog.Partitions)
            {
                if (partition.Segments.FirstOrDefault(s => string.Equals(s.File.Path, damage.Path, StringComparison.Ordinal)) is { } segment)
                {
                    Damage.Add(partition.DataStream, partition.Key, $"{partition}/{damage.Message}");
                    _segments.Quarantine(partition, segment);
                    return;
                }
            }
        }

        // Another search set it aside meanwhile, or a merge replaced it; without a file there is nothing to try again without.
        Invariant.Check(damage.Path.Length > 0, $"damage names its file: {damage.Message}");
    }
}
