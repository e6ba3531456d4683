using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.DataStreams;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Indexing;
using LogView.Server.Storage;
using LogView.Server.Storage.Retaining;
using LogView.Server.Wal;

namespace LogView.Server.DataStreams;

/// <summary>Puts together what the store, the retention book and the indexer know of each data stream.</summary>
internal sealed partial class DataStreamAdministration(
    IEventStore store, RetentionBook retention, IngestRates rates, IWriteAheadLog log, IIndexProgress progress, ILogger<DataStreamAdministration> logger)
    : IDataStreamAdministration
{
    /// <summary>For what was acknowledged to be in the store; behind a long replay the list is as of now.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<DataStreamList> ListAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        await progress.WaitForAsync(log.DurableSequence, Patience, cancellationToken);
        IReadOnlyList<DataStreamInfo> streams = await store.ListDataStreamsAsync(cancellationToken);
        string[] problems = viewer.May(Rights.Manage) ? [.. store.Health.Damage, .. new[] { log.Problem, store.Health.WriteProblem, store.Health.SearchProblem }.OfType<string>().Distinct(StringComparer.Ordinal)] : [];
        return new DataStreamList([.. streams.Where(s => viewer.May(Rights.Search) && viewer.MayTouch(s.Name)).Select(StatusOf)], store.KeepsRetention, problems);
    }

    public Task<string?> SetRetentionAsync(DataStreamName name, Retention? wanted, Viewer viewer, CancellationToken cancellationToken)
    {
        Demand(viewer, name);
        if (wanted?.Problem is { } problem)
        {
            return Task.FromResult<string?>(problem);
        }

        if (store.RetentionKeeper(name) is { } keeper)
        {
            return Task.FromResult<string?>($"{name} is kept by the cluster ({keeper}): change what is kept of it there");
        }

        retention.Set(name, wanted);
        RetentionSet(logger, name.Value, viewer.Name, wanted?.ToString() ?? "as the settings file says");
        return Task.FromResult<string?>(null);
    }

    public async Task<bool> DeleteAsync(DataStreamName name, Viewer viewer, CancellationToken cancellationToken)
    {
        Demand(viewer, name);
        await progress.WaitForAsync(log.DurableSequence, Patience, cancellationToken);
        bool existed = await store.DeleteDataStreamAsync(name, cancellationToken);
        if (existed)
        {
            Deleted(logger, name.Value, viewer.Name);
        }

        return existed;
    }

    private DataStreamStatus StatusOf(DataStreamInfo info)
    {
        (Retention kept, bool isOwn) = retention.Of(info.Name);
        return new DataStreamStatus(info, rates.Of(info.Name), kept, isOwn, store.RetentionKeeper(info.Name));
    }

    private static void Demand(Viewer viewer, DataStreamName name)
    {
        if (!viewer.May(Rights.Manage) || !viewer.MayTouch(name))
        {
            throw new UnauthorizedAccessException("Managing a data stream needs the right to manage LogView (scope admin) and to touch the data stream");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Viewer} deleted the data stream {DataStream}")]
    private static partial void Deleted(ILogger logger, string dataStream, string viewer);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Viewer} set what is kept of {DataStream}: {Retention}")]
    private static partial void RetentionSet(ILogger logger, string dataStream, string viewer, string retention);
}
