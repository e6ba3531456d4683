using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Setup;
using LogView.Server.Accounts.Keys;
using LogView.Server.Demo;
using LogView.Server.Hosting.Options;
using LogView.Server.Hosting.Starting;
using LogView.Server.Indexing;
using LogView.Server.Ingest.Files;
using LogView.Server.Wal;

namespace LogView.Server.Hosting.Setup;

/// <summary>Starts the first events from the page of an empty store.</summary>
public sealed class FirstRun(
    BoundAddresses addresses, LogViewOptions options, KeyRing keys, DemoGenerator demo, IFileSources files, IWriteAheadLog log, IIndexProgress progress,
    TimeProvider clock) : IFirstRun
{
    private const string VarLog = "/var/log";

    /// <summary>A day of events is written and indexed in a few seconds; on a busy machine the page need not wait for the last one.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The first lines come within a second, unless there are none.</summary>
    private static readonly TimeSpan FirstLines = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    public FirstRunOffer Offer => new(addresses.Main, addresses.Elastic, CanReadVarLog(), IngestNeedsKey: keys.IsIngestKeyMade || !options.IsLoopbackOnly);

    public async Task<FirstRunOutcome> StartDemoAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        if (!viewer.May(Rights.Manage))
        {
            return new FirstRunOutcome(Started: false, "Starting the demo needs the right to manage LogView (scope admin).");
        }

        long last = await demo.StartShopAsync().WaitAsync(cancellationToken);
        await progress.WaitForAsync(last, Patience, cancellationToken);
        return new FirstRunOutcome(Started: true, $"A day of made-up events is in {DemoGenerator.DataStream}; new ones arrive every second.");
    }

    public async Task<FirstRunOutcome> FollowVarLogAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        if (!viewer.May(Rights.Manage))
        {
            return new FirstRunOutcome(Started: false, "Following files needs the right to manage LogView (scope admin).");
        }

        if (files.Add(FileSourceOptions.VarLog) is [string problem, ..])
        {
            return new FirstRunOutcome(Started: false, $"This LogView cannot follow {VarLog}: {problem}.");
        }

        bool any = await WaitForFirstLinesAsync(cancellationToken);
        return new FirstRunOutcome(
            Started: true, any ? $"The files of {VarLog} are read into {FileSourceOptions.VarLog.DataStream}." : $"{VarLog} is followed; it has no lines yet.");
    }

    private static bool CanReadVarLog()
    {
        try
        {
            return Directory.Exists(VarLog) && Directory.EnumerateFileSystemEntries(VarLog).Any();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private async Task<bool> WaitForFirstLinesAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset until = clock.GetUtcNow() + FirstLines;
        bool any = false;
        while (!any && clock.GetUtcNow() < until)
        {
            any = files.Files.Any(f => f.Offset > 0 && string.Equals(f.DataStream, FileSourceOptions.VarLog.DataStream, StringComparison.Ordinal));
            await Task.Delay(any ? TimeSpan.Zero : BetweenLooks, clock, cancellationToken);
        }

        await progress.WaitForAsync(log.DurableSequence, Patience, cancellationToken);
        return any;
    }
}
