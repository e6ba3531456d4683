using LogView.Client.Contracts.Events;

namespace LogView.Server.Ingest.Files;

/// <summary>What following files may take, each with its reason.</summary>
public static class FilesLimits
{
    /// <summary>A longer line is split here, so that one piece with its JSON frame is still one event.</summary>
    public const int MaxLineBytes = EventLimits.MaxEventBytes - 4096;

    /// <summary>Bytes of one file in one turn: a file that grows without end does not keep the others waiting.</summary>
    public const int TurnBytes = 256 * 1024;

    /// <summary>Bytes of text in one batch to the sink. Well below its limit; fsync cost is spread over enough lines.</summary>
    public const int BatchBytes = 1024 * 1024;

    /// <summary>Events in one batch.</summary>
    public const int BatchEvents = 4_000;

    /// <summary>Unfinished lines and events of all files. Past it they end early and are marked.</summary>
    public const int HeldBytes = 64 * 1024 * 1024;

    /// <summary>Files followed. A glob that finds more is a mistake more often than a wish; the rest is reported.</summary>
    public const int MaxFiles = 20_000;

    /// <summary>Files held open. Linux gives a process 1,024 by default, and sockets and segments need theirs.</summary>
    public const int MaxOpenFiles = 512;

    /// <summary>Folders walked for one pattern.</summary>
    public const int MaxFolders = 50_000;

    /// <summary>Depth of <c>**</c>.</summary>
    public const int MaxFolderDepth = 32;

    /// <summary>Sources and patterns of one source, against input by mistake.</summary>
    public const int MaxPatterns = 100;

    /// <summary>A first line or a line without its end is waited for this long before it is taken as it is.</summary>
    public static readonly TimeSpan UnfinishedLineQuiet = TimeSpan.FromSeconds(5);

    /// <summary>A file that lost its name is held open this long after its last growth: writers reopen on a signal that may come late.</summary>
    public static readonly TimeSpan DetachedLinger = TimeSpan.FromSeconds(60);

    /// <summary>A deleted file: its disk space is held as long.</summary>
    public static readonly TimeSpan DeletedLinger = TimeSpan.FromSeconds(10);

    /// <summary>A file that so far is a piece of another may be a copy in the making; it is one of its own when it stands still for this long.</summary>
    public static readonly TimeSpan CopyQuiet = TimeSpan.FromSeconds(2);

    /// <summary>A compressed file is read once its size stands still for this long: compressing may be under way.</summary>
    public static readonly TimeSpan CompressedQuiet = TimeSpan.FromSeconds(2);

    /// <summary>Records of files that are gone are kept this long: a file system may only be unmounted.</summary>
    public static readonly TimeSpan RecordsKept = TimeSpan.FromDays(14);
}
