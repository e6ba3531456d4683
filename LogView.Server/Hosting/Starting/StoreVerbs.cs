using LogView.Server.Hosting.Options;
using LogView.Server.Platform;
using LogView.Server.Storage.Embedded;
using LogView.Server.Storage.Embedded.Checking;
using LogView.Server.Wal.Checking;
using Microsoft.Extensions.Logging.Abstractions;

namespace LogView.Server.Hosting.Starting;

/// <summary><c>logview check</c> and <c>logview repair</c>: work on the data folder while no LogView runs on it.</summary>
internal static class StoreVerbs
{
    /// <summary>Nothing is wrong.</summary>
    private const int Good = 0;

    /// <summary>Something is wrong; each finding is a line of standard output.</summary>
    private const int Found = 1;

    public static async Task<int> CheckAsync(LogViewOptions options, TextWriter output)
    {
        (List<string> findings, string summary) = Look(options);
        foreach (string finding in findings)
        {
            await output.WriteLineAsync(finding);
        }

        await output.WriteLineAsync(summary);
        return findings.Count == 0 ? Good : Found;
    }

    /// <summary>0 when nothing is wrong afterwards.</summary>
    public static async Task<int> RepairAsync(LogViewOptions options, TextWriter output)
    {
        string aside = Path.Combine(options.DataFolder, FileNames.RepairFolder(TimeProvider.System.GetUtcNow()));
        var repair = new StoreRepair(DiskFileSystem.Instance, options.Embedded.Directory, aside, NullLogger.Instance);
        repair.Run();
        foreach (string done in repair.Done)
        {
            await output.WriteLineAsync(done);
        }

        return await CheckAsync(options, output);
    }

    private static (List<string> Findings, string Summary) Look(LogViewOptions options)
    {
        EmbeddedStoreOptions store = options.Embedded;
        var check = new StoreCheck(DiskFileSystem.Instance, store.Directory);
        check.Run();
        (IReadOnlyList<string> log, long last) = WalCheck.Run(DiskFileSystem.Instance, options.Wal.Directory, check.DurableSequence);
        List<string> findings = [.. check.Findings, .. log];
        string result = findings.Count switch { 0 => "nothing is wrong", 1 => "1 finding", var n => $"{n} findings" };
        return (findings, $"Checked {check.Events} events in {check.Segments} segments and the write-ahead log up to event {last}: {result}.");
    }
}
