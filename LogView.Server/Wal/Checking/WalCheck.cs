using LogView.Server.Platform;
using Microsoft.Extensions.Logging.Abstractions;

namespace LogView.Server.Wal.Checking;

/// <summary>Reads through a log that nobody has open, as a start does, and changes nothing.</summary>
public static class WalCheck
{
    /// <summary>What is damaged, one sentence each; and the sequence of the newest event. Throws <see cref="IOException"/>.</summary>
    public static (IReadOnlyList<string> Findings, long LastSequence) Run(IFileSystem files, string directory, long knownSequence)
    {
        RecoveredLog found = new WalRecovery(new ReadOnlyFiles(files), directory, new RecentIds(), NullLogger.Instance).Run(knownSequence, lastSequence: knownSequence);
        return ([.. found.Damages.Select(Sentence)], found.NextSequence - 1);
    }

    private static string Sentence(WalDamage damage) => damage switch
    {
        { Bytes: 0 } => $"The write-ahead log lacks {damage.MissingEvents} events before {damage.File}.",
        { IsLossUnknown: true } => $"Nothing of the write-ahead log's {damage.File}, {damage.Bytes} bytes, can be read; how many events are lost with it is not known.",
        _ => $"{damage.Bytes} bytes at {damage.Offset} of the write-ahead log's {damage.File} cannot be read; {damage.MissingEvents} events are lost with them.",
    };
}
