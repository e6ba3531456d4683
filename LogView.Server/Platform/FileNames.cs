using System.Globalization;

namespace LogView.Server.Platform;

/// <summary>Every name LogView gives to files and folders below the data folder.</summary>
public static class FileNames
{
    /// <summary>Held open by the one process that uses the folder.</summary>
    public const string Lock = "lock";

    /// <summary>Settings that are read when no other file is named.</summary>
    public const string Settings = "logview.json";

    /// <summary>API keys and sign-in links (SQLite).</summary>
    public const string Accounts = "accounts.db";

    /// <summary>Saved views and short links (SQLite).</summary>
    public const string Saved = "saved.db";

    /// <summary>Folder of the keys that protect session cookies.</summary>
    public const string CookieKeys = "cookie-keys";

    /// <summary>Data streams that were deleted from the memory engine (JSON: name → sequence up to which its events are gone).</summary>
    public const string MemoryDeletions = "memory-deleted.json";

    /// <summary>Sources of files that were added while LogView ran (JSON).</summary>
    public const string FilesSources = "files.json";

    /// <summary>How far every followed file was read (JSON).</summary>
    public const string FilesOffsets = "files-offsets.json";

    /// <summary>Folder of the embedded engine; the names in it are the engine's.</summary>
    public const string StoreDirectory = "store";

    /// <summary>The next content of a JSON file, until it takes its name.</summary>
    public const string ReplacementSuffix = ".new";

    /// <summary>A JSON file that could not be read, put aside for people to look at.</summary>
    public const string UnreadableSuffix = ".unreadable";

    /// <summary>A file that is being written and takes its final name when it is whole.</summary>
    public const string TemporarySuffix = ".tmp";

    /// <summary>What administrators set to be kept of data streams.</summary>
    public const string Retention = "retention.json";

    /// <summary>Folder of what the engine elastic remembers.</summary>
    public const string ElasticDirectory = "elastic";

    /// <summary>How far the log has been sent to the cluster, in <see cref="ElasticDirectory"/>.</summary>
    public const string ElasticProgress = "progress";

    /// <summary>Where <c>logview repair</c> puts what it takes out of the store.</summary>
    public static string RepairFolder(DateTimeOffset now) => string.Create(CultureInfo.InvariantCulture, $"repair-{now:yyyyMMdd-HHmmss}");

    public const string WalDirectory = "wal";
    public const string WalQuarantineDirectory = "quarantine";
    private const string WalPrefix = "wal-";
    private const string WalSuffix = ".log";

    /// <summary><c>wal-0000000001.log</c>: names sort by number up to ten digits.</summary>
    public static string WalSegment(long number) => string.Create(CultureInfo.InvariantCulture, $"{WalPrefix}{number:D10}{WalSuffix}");

    /// <summary>The number in the name of a log file; null for any other name.</summary>
    public static long? WalSegmentNumber(string name) =>
        name.StartsWith(WalPrefix, StringComparison.Ordinal) && name.EndsWith(WalSuffix, StringComparison.Ordinal)
        && long.TryParse(name.AsSpan(WalPrefix.Length, name.Length - WalPrefix.Length - WalSuffix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : null;

    /// <summary>Bytes of a log file that do not make events.</summary>
    public static string WalQuarantined(string segment, long offset) => string.Create(CultureInfo.InvariantCulture, $"{segment}.{offset}.bad");
}
