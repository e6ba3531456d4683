using System.Globalization;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage.Elastic.Client;
using LogView.Server.Storage.Elastic.Reading;
using LogView.Server.Storage.Elastic.Writing;

namespace LogView.Server.Storage.Elastic;

/// <summary>Remembers what of the cluster does not work until it works again. Safe for concurrent use.</summary>
internal sealed class ClusterTrouble
{
    private const string WriteCure = "Until then the write-ahead log keeps the events, and grows; then they are sent in order";

    private long _putAside;
    private volatile string? _write;
    private volatile string? _search;
    private volatile string? _upkeep;

    /// <summary>What the search before missed.</summary>
    private volatile string? _missing;

    public StoreHealth Health => new([], _write)
    {
        WriteCure = WriteCure,
        SearchProblem = _search ?? _missing,
        RetentionProblem = _upkeep,
        PutAside = Volatile.Read(ref _putAside) is > 0 and var many
            ? string.Create(CultureInfo.InvariantCulture, $"Events that their index refuses or that are too large for the cluster, or parts of them, are in {BulkItem.Rejected} ({many:N0} since the start)")
            : null,
    };

    public void PutAside(long many) => Volatile.Write(ref _putAside, many);

    public async Task WriteAsync(Func<Task> write)
    {
        try
        {
            await write();
            _write = null;
        }
        catch (ElasticException e)
        {
            _write = e.Message;
            throw;
        }
    }

    public async Task MaintainAsync(Func<Task> maintain)
    {
        try
        {
            await maintain();
            _upkeep = null;
        }
        catch (ElasticException e)
        {
            _upkeep = e.Message;
            throw;
        }
    }

    /// <summary>What the cluster says of the question itself is no trouble of the cluster.</summary>
    public async Task<T> SearchAsync<T>(Func<Task<T>> search)
    {
        try
        {
            T answer = await search();
            _search = null;
            if (answer is SearchResult result)
            {
                _missing = result.Notes.FirstOrDefault(n => n.Code.Equals(ShardNotes.ShardsFailed, StringComparison.Ordinal))?.Message;
            }

            return answer;
        }
        catch (ElasticException e) when (e.MayPass || e.Failure is ElasticFailure.Refused or ElasticFailure.Untrusted)
        {
            _search = e.Message;
            throw;
        }
    }
}
