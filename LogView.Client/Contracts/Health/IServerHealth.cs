using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Events;

namespace LogView.Client.Contracts.Health;

/// <summary>How LogView itself is. Safe for concurrent use; cheap enough to be asked every second.</summary>
public interface IServerHealth
{
    HealthReport Report { get; }

    /// <summary>Every file that is followed or refused, by path. Needs <see cref="Rights.Manage"/>: paths say much about a machine. Nothing for others.</summary>
    IReadOnlyList<FollowedFile> Files(Viewer viewer);
}

/// <param name="Engine"><c>memory</c>, <c>embedded</c> or <c>elastic</c>.</param>
/// <param name="Events">Events that can be searched.</param>
/// <param name="Bytes">Bytes of their sources, or on disk where the engine writes files.</param>
/// <param name="EvictedEvents">Events that left because of a bound, since the start.</param>
/// <param name="MaxEvents">That bound; null: none.</param>
/// <param name="DurableSequence">Newest acknowledged event.</param>
/// <param name="WaitingEvents">Acknowledged events that are not searchable yet.</param>
/// <param name="Findings">What is not as it should be; none: all is well.</param>
public sealed record HealthReport(
    string Engine, long Events, long Bytes, long EvictedEvents, long? MaxEvents, long DurableSequence, long WaitingEvents, IReadOnlyList<HealthFinding> Findings)
{
    public bool IsDegraded => Findings.Count > 0;
}

/// <param name="Code">Stable, for programs: <c>wal_damaged</c>, <c>store_damaged</c>, <c>store_cannot_write</c>, <c>store_cannot_search</c>,
/// <c>retention_not_kept</c>, <c>events_put_aside</c>, <c>log_cannot_write</c>, <c>file_failing</c>.</param>
/// <param name="Message">What is wrong, as one sentence.</param>
/// <param name="Cure">What to do, as one sentence.</param>
public sealed record HealthFinding(string Code, string Message, string Cure);

/// <param name="Path">Where it was last seen.</param>
/// <param name="DataStream">Where its events go.</param>
/// <param name="State"><c>following</c>, <c>leaving</c>, <c>done</c>, <c>binary</c> or <c>failing</c>.</param>
/// <param name="Format">What was found or configured; null before the first line.</param>
/// <param name="Offset">Bytes whose events are durable.</param>
/// <param name="Size">Bytes it has.</param>
/// <param name="LagBytes">Bytes still to be taken in.</param>
/// <param name="LastEventAt">Time of the line read last since the start, of JSON when it was read; null: none was.</param>
/// <param name="Error">Why it cannot be read, or null.</param>
public sealed record FollowedFile(
    string Path, string DataStream, string State, string? Format, long Offset, long Size, long LagBytes, Timestamp? LastEventAt, string? Error);
