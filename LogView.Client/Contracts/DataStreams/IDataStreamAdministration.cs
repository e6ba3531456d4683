using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;

namespace LogView.Client.Contracts.DataStreams;

/// <summary>What is stored of each data stream, how long it is kept, and its deletion. Safe for concurrent use.</summary>
public interface IDataStreamAdministration
{
    /// <summary>The data streams the viewer may touch, by name, with everything acknowledged before the call. Needs <see cref="Rights.Search"/>; without it there are none.</summary>
    Task<DataStreamList> ListAsync(Viewer viewer, CancellationToken cancellationToken);

    /// <summary>
    /// Sets durably what is kept of a data stream; null goes back to the settings file. What is too much leaves within a minute. Needs
    /// <see cref="Rights.Manage"/>. Answers why it cannot be set, one sentence, or null.
    /// </summary>
    Task<string?> SetRetentionAsync(DataStreamName name, Retention? retention, Viewer viewer, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes every event of the data stream that was acknowledged before the call, for good. Needs <see cref="Rights.Manage"/>. False when there is no
    /// such data stream. Throws <see cref="IOException"/> when that cannot be remembered: then nothing is deleted.
    /// </summary>
    Task<bool> DeleteAsync(DataStreamName name, Viewer viewer, CancellationToken cancellationToken);
}

/// <param name="DataStreams">By name.</param>
/// <param name="KeepsRetention">False: the engine does not look at retention.</param>
/// <param name="Problems">What of the store does not work as it should, one sentence each; only for those who manage LogView.</param>
public sealed record DataStreamList(IReadOnlyList<DataStreamStatus> DataStreams, bool KeepsRetention, IReadOnlyList<string> Problems);

/// <param name="Info">What is stored.</param>
/// <param name="EventsPerSecond">That became searchable, on average over the last minute; a replay at the start does not count.</param>
/// <param name="Retention">What is kept.</param>
/// <param name="IsRetentionOwn">An administrator set it for this data stream; false: it comes from the settings file.</param>
/// <param name="ManagedBy">Who keeps it instead of LogView, such as <c>policy logs-30d</c>; then the retention here does not count. Null: LogView.</param>
public sealed record DataStreamStatus(DataStreamInfo Info, double EventsPerSecond, Retention Retention, bool IsRetentionOwn, string? ManagedBy = null);
