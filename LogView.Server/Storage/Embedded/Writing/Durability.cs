using LogView.Client.Contracts.Events;
using LogView.Server.Platform;
using LogView.Server.Storage.Embedded.Partitions;

namespace LogView.Server.Storage.Embedded.Writing;

/// <summary>Up to which sequence everything is in segments, and which events stay deleted although the log may bring them again. Safe for concurrent use.</summary>
internal sealed class Durability
{
    private readonly IFileSystem _files;
    private readonly Catalog _catalog;
    private readonly Lock _sync = new();
    private StoreState _state;
    private long _lastSequence;
    private long _durable;

    public Durability(IFileSystem files, Catalog catalog, StoreState state)
    {
        (_files, _catalog, _state) = (files, catalog, state);
        _lastSequence = _durable = state.DurableSequence;
    }

    public long Sequence => Volatile.Read(ref _durable);

    /// <summary>Deleted before, and now read from the log again.</summary>
    public bool IsDeleted(LogEvent logEvent) =>
        _state.Deleted is { Count: > 0 } deleted && deleted.TryGetValue(logEvent.DataStream, out long gone) && logEvent.Sequence <= gone;

    /// <summary>Everything up to this sequence has been written to heads.</summary>
    public void Wrote(long sequence)
    {
        lock (_sync)
        {
            _lastSequence = Math.Max(_lastSequence, sequence);
        }
    }

    /// <summary>Remembers durably that what the data stream has so far is gone.</summary>
    public void Delete(DataStreamName name)
    {
        lock (_sync)
        {
            Save(_state with { Deleted = new Dictionary<DataStreamName, long>(_state.Deleted) { [name] = _lastSequence } });
        }
    }

    /// <summary>Takes note that heads became segments, or left.</summary>
    /// <param name="mustRemember">Data streams whose deleted files may still be there.</param>
    public void Advance(Func<DataStreamName, bool> mustRemember)
    {
        lock (_sync)
        {
            long durable = _catalog.Heads.Select(h => h.FirstSequence - 1).Append(_lastSequence).Min();
            if (durable <= _durable)
            {
                return;
            }

            // A deletion that neither the log nor the disk has anything left of need not be remembered.
            Save(new StoreState(durable, _state.Deleted.Where(d => d.Value > durable || mustRemember(d.Key)).ToDictionary()));
            Volatile.Write(ref _durable, durable);
        }
    }

    private void Save(StoreState state)
    {
        state.Write(_files, _catalog.Root);
        _state = state;
    }
}
