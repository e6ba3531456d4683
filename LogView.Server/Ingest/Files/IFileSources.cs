using LogView.Client.Contracts.Events;
using LogView.Server.Ingest.Parsing;

namespace LogView.Server.Ingest.Files;

/// <summary>What is followed, for the page "Follow /var/log" and the health page. Safe for concurrent use.</summary>
public interface IFileSources
{
    /// <summary>From the settings file first, then the added ones.</summary>
    IReadOnlyList<FileSourceState> Sources { get; }

    /// <summary>Every file followed or refused, as of the last pass.</summary>
    IReadOnlyList<FileStatus> Files { get; }

    /// <summary>Follows more files from now on, also after a restart. Answers what is wrong, or nothing; a source that is already there is no error.</summary>
    IReadOnlyList<string> Add(FileSourceOptions source);

    /// <summary>Ends an added source; how far its files were read stays known. False: no such added source.</summary>
    bool Remove(string key);
}

/// <param name="Key">Made of the paths and the data stream.</param>
/// <param name="Options">As configured or added.</param>
/// <param name="Added">False: from the settings file, so it cannot be removed here.</param>
public sealed record FileSourceState(string Key, FileSourceOptions Options, bool Added);

public enum FileState : byte
{
    /// <summary>Read as it grows.</summary>
    Following,

    /// <summary>Renamed or deleted, read to its end.</summary>
    Leaving,

    /// <summary>Compressed and read once.</summary>
    Done,

    /// <summary>Not text.</summary>
    Binary,

    /// <summary>Could not be opened or read; tried again.</summary>
    Failing,
}

/// <param name="Path">Where it was last seen.</param>
/// <param name="DataStream">Where its events go.</param>
/// <param name="State">What is done with it.</param>
/// <param name="Format">What was found or configured; null before the first line.</param>
/// <param name="Offset">Bytes whose events are durable.</param>
/// <param name="Size">Bytes it has; of a compressed file the bytes it was found to hold.</param>
/// <param name="LastError">One sentence, or null.</param>
public sealed record FileStatus(string Path, string DataStream, FileState State, LineFormat? Format, long Offset, long Size, string? LastError)
{
    /// <summary>Time of the line read last since the start, of JSON when it was read; null: none was.</summary>
    public Timestamp? LastEventAt { get; init; }

    /// <summary>Bytes still to be taken in.</summary>
    public long Lag => Math.Max(0, Size - Offset);
}
