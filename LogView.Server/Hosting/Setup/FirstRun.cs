using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Setup;
using LogView.Server.Accounts.Keys;
using LogView.Server.Demo;
using LogView.Server.Hosting.Options;
using LogView.Server.Hosting.Starting;
using LogView.Server.Indexing;
using LogView.Server.Ingest.Files;

namespace LogView.Server.Hosting.Setup;

/// <summary>Starts the first events from the page of an empty store.</summary>
public sealed class FirstRun(BoundAddresses addresses, LogViewOptions options, KeyRing keys, DemoGenerator demo, IFileSources files, IIndexProgress progress) : IFirstRun
{
    private const string VarLog = "/var/log";

    /// <summary>A day of events is written and indexed in a few seconds; on a busy machine the page need not wait for the last one.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

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

    public Task<FirstRunOutcome> FollowVarLogAsync(Viewer viewer, CancellationToken cancellationToken) =>
        Task.FromResult(FollowVarLog(viewer));

    private FirstRunOutcome FollowVarLog(Viewer viewer)
    {
        if (!viewer.May(Rights.Manage))
        {
            return new FirstRunOutcome(Started: false, "Following files needs the right to manage LogView (scope admin).");
        }

        IReadOnlyList<string> problems = files.Add(FileSourceOptions.VarLog);
        return problems.Count == 0
            ? new FirstRunOutcome(Started: true, $"The logs in {VarLog} are read from their beginning and followed, into {FileSourceOptions.VarLog.DataStream}.")
            : new FirstRunOutcome(Started: false, string.Join(' ', problems));
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
}
