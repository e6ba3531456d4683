using System.Globalization;
using LogView.Client.Contracts.Search;
using LogView.Server.Indexing;
using LogView.Server.Wal;

namespace LogView.Server.Search;

/// <summary>Lets a search see every event that was acknowledged before it: waits until the index has caught up with the log as it was at the call.</summary>
internal sealed class ReadYourWrites(IWriteAheadLog log, IIndexProgress index)
{
    /// <summary>Null when all is there; a note when the wait was given up.</summary>
    public async Task<SearchNote?> WaitAsync(CancellationToken cancellationToken)
    {
        long acknowledged = log.DurableSequence;
        if (index.IndexedSequence >= acknowledged || await index.WaitForAsync(acknowledged, SearchLimits.MaxIndexingWait, cancellationToken))
        {
            return null;
        }

        long behind = acknowledged - index.IndexedSequence;
        return new SearchNote("indexing_lag", string.Create(
            CultureInfo.InvariantCulture, $"The index is behind: {behind:N0} of the newest events are stored but not searchable yet"));
    }
}
