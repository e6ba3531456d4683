using System.Globalization;
using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Health;
using LogView.Server.Indexing;
using LogView.Server.Ingest.Files;
using LogView.Server.Storage;
using LogView.Server.Wal;

namespace LogView.Server.Hosting.Health;

/// <summary>Asks the log, the store and the files how they are.</summary>
public sealed class ServerHealth(IWriteAheadLog log, IEventStore store, IIndexProgress progress, IFileSources files) : IServerHealth
{
    public HealthReport Report
    {
        get
        {
            StoreStatistics statistics = store.Statistics;
            long durable = log.DurableSequence;
            return new HealthReport(
                store.Engine, statistics.Events, statistics.Bytes, statistics.EvictedEvents, statistics.MaxEvents, durable,
                Math.Max(0, durable - progress.IndexedSequence), [.. LogDamage(), .. StoreDamage(), .. FailingFiles()]);
        }
    }

    public IReadOnlyList<FollowedFile> Files(Viewer viewer) => !viewer.May(Rights.Manage)
        ? []
        : [.. files.Files.Select(f => new FollowedFile(
            f.Path, f.DataStream, f.State.ToString().ToLowerInvariant(), f.Format?.ToString().ToLowerInvariant(), f.Offset, f.Size, f.Lag, f.LastEventAt, f.LastError))];

    /// <summary>Numbers of the same for <c>/metrics</c>.</summary>
    internal long LostEvents => log.Damages.Sum(d => d.MissingEvents);

    internal int LogDamages => log.Damages.Count;

    internal int StoreDamages => store.Health.Damage.Count;

    internal long FileLagBytes => files.Files.Sum(f => f.Lag);

    internal int FilesFailing => files.Files.Count(f => f.State == FileState.Failing);

    private IEnumerable<HealthFinding> LogDamage()
    {
        if (log.Damages is { Count: > 0 } damages)
        {
            bool copied = damages.Any(d => d.QuarantinedAs is not null);
            yield return new HealthFinding(
                "wal_damaged",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The write-ahead log was damaged when LogView started (places: {damages.Count:N0}, the first in {damages[0].File}); acknowledged events lost: {LostEvents:N0}{(damages.Any(d => d.IsLossUnknown) ? " or more" : "")}"),
                "Check the disk and its cables, and let shippers send that time again if they still have it"
                + (copied ? "; the bytes that were there are kept in the folder wal/quarantine" : ""));
        }
    }

    private IEnumerable<HealthFinding> StoreDamage()
    {
        StoreHealth health = store.Health;
        if (health.Damage is { Count: > 0 } damage)
        {
            yield return new HealthFinding(
                "store_damaged",
                string.Create(CultureInfo.InvariantCulture, $"Damaged files of the event store were set aside ({damage.Count:N0}), and their events are missing from answers: {damage[0]}"),
                "Check the disk; then stop LogView and run logview repair, which deletes nothing, or restore the file from a backup");
        }

        if (log.Problem is { } refusing)
        {
            yield return new HealthFinding("log_cannot_write", refusing, "Make room on the disk or repair it: until then shippers are told to come back, and searches go on");
        }

        if (health.WriteProblem is { } problem)
        {
            yield return new HealthFinding(
                "store_cannot_write", problem, health.WriteCure ?? "Make room on the disk or repair it: until then the write-ahead log keeps the events, and grows");
        }

        if (health.SearchProblem is { } unanswered)
        {
            yield return new HealthFinding(
                "store_cannot_search", unanswered, "Searches fail or miss events until then, and say so; nothing that was accepted is lost");
        }

        if (health.RetentionProblem is { } kept)
        {
            yield return new HealthFinding(
                "retention_not_kept", kept, "Until then indices are not rolled over and nothing that is too old or too much leaves");
        }

        if (health.PutAside is { } aside)
        {
            yield return new HealthFinding(
                "events_put_aside", aside, "Look at that data stream: each event says where it belongs and why it was refused; mend the index that refuses");
        }
    }

    private IEnumerable<HealthFinding> FailingFiles()
    {
        FileStatus[] failing = [.. files.Files.Where(f => f.State == FileState.Failing)];
        if (failing.Length > 0)
        {
            yield return new HealthFinding(
                "file_failing",
                string.Create(CultureInfo.InvariantCulture, $"Some followed files cannot be read ({failing.Length:N0})"),
                "Let LogView's user read them, or exclude them; the list of followed files says why for each");
        }
    }
}
