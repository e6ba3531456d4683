using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage.Embedded.Partitions;

namespace LogView.Server.Storage.Embedded.Maintenance;

/// <summary>What was found damaged, and which answers it makes incomplete. Safe for concurrent use.</summary>
internal sealed class DamageBook(ILogger logger)
{
    /// <summary>Enough for any report; what is beyond is in the log.</summary>
    private const int MaxEntries = 1_000;

    private readonly Lock _sync = new();
    private readonly List<Entry> _entries = [];

    public IReadOnlyList<string> All
    {
        get
        {
            lock (_sync)
            {
                return [.. _entries.Select(e => e.What)];
            }
        }
    }

    /// <param name="stream">Whose events; null: no events are lost by it.</param>
    /// <param name="partition">Day of the events.</param>
    /// <param name="what">One sentence.</param>
    public void Add(DataStreamName? stream, string? partition, string what)
    {
        logger.FileDamaged(what);
        lock (_sync)
        {
            if (_entries.Count < MaxEntries)
            {
                _entries.Add(new Entry(stream, partition, what));
            }
        }
    }

    /// <summary>The data stream is gone, and with it what was damaged of it.</summary>
    public void Forget(DataStreamName stream, string? partition = null)
    {
        lock (_sync)
        {
            _entries.RemoveAll(e => e.Stream == stream && (partition is null || string.Equals(e.Partition, partition, StringComparison.Ordinal)));
        }
    }

    /// <summary>The answer as it is, or marked as partial when events it might have had are set aside.</summary>
    public SearchResult Mark(StoreSearch search, SearchResult result)
    {
        Entry[] missing;
        lock (_sync)
        {
            missing = [.. _entries.Where(e => e.Stream is { } stream && search.DataStreams(stream) && StoreNames.Overlaps(e.Partition!, search.Range))];
        }

        if (missing.Length == 0)
        {
            return result;
        }

        string days = string.Join(", ", missing.Select(e => $"{e.Stream} {e.Partition}").Distinct(StringComparer.Ordinal).Take(3));
        string more = missing.Length > 3 ? " and more" : "";
        return result with
        {
            Status = result.Status == SearchStatus.Complete ? SearchStatus.Partial : result.Status,
            Notes = [.. result.Notes, new SearchNote("segment_damaged", $"Damaged files were set aside ({days}{more}); their events are missing from this answer")],
        };
    }

    private sealed record Entry(DataStreamName? Stream, string? Partition, string What);
}
