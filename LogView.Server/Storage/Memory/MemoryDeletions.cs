using System.Text.Json;
using LogView.Client.Contracts.Events;
using LogView.Server.Platform;

namespace LogView.Server.Storage.Memory;

/// <summary>
/// Which data streams were deleted, and up to which sequence, so that a replay of the write-ahead log does not bring their events back. Kept in a file
/// that is replaced as a whole. Used by one thread at a time.
/// </summary>
public sealed partial class MemoryDeletions
{
    private readonly IFileSystem _files;
    private readonly string _folder;
    private Dictionary<string, long> _goneUpTo = new(StringComparer.Ordinal);

    private MemoryDeletions(IFileSystem files, string folder) => (_files, _folder) = (files, folder);

    private string FilePath => Path.Combine(_folder, FileNames.MemoryDeletions);

    /// <summary>
    /// Reads what the folder has. A file that cannot be read is said so and as good as none: what the log still holds of deleted data streams comes back.
    /// </summary>
    public static MemoryDeletions Open(IFileSystem files, string folder, ILogger logger)
    {
        MemoryDeletions deletions = new(files, folder);
        try
        {
            deletions.Read();
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            LogUnreadable(logger, deletions.FilePath, e);
        }

        return deletions;
    }

    /// <summary>The event was deleted before and is now read from the log again.</summary>
    public bool Covers(LogEvent logEvent) =>
        _goneUpTo.Count > 0 && _goneUpTo.TryGetValue(logEvent.DataStream.Value, out long gone) && logEvent.Sequence <= gone;

    /// <summary>Durable when it returns. Throws <see cref="IOException"/>; then nothing is remembered.</summary>
    public void Add(DataStreamName dataStream, long upTo) =>
        Save(new Dictionary<string, long>(_goneUpTo, StringComparer.Ordinal) { [dataStream.Value] = upTo });

    /// <summary>The log begins here: deletions of what it no longer has need not be remembered.</summary>
    public void ForgetBefore(long firstSequence)
    {
        if (_goneUpTo.Values.Any(s => s < firstSequence))
        {
            Save(_goneUpTo.Where(d => d.Value >= firstSequence).ToDictionary(StringComparer.Ordinal));
        }
    }

    private void Read()
    {
        if (!_files.ListFiles(_folder).Contains(FileNames.MemoryDeletions, StringComparer.Ordinal))
        {
            return;
        }

        using IFile file = _files.OpenRead(FilePath);
        var content = new byte[file.Length];
        int length = 0;
        while (length < content.Length && file.Read(length, content.AsSpan(length)) is > 0 and int read)
        {
            length += read;
        }

        _goneUpTo = JsonSerializer.Deserialize<Dictionary<string, long>>(content.AsSpan(0, length)) ?? throw new JsonException("expected an object, found null");
    }

    private void Save(Dictionary<string, long> goneUpTo)
    {
        string temporary = FilePath + FileNames.TemporarySuffix;
        if (_files.ListFiles(_folder).Contains(Path.GetFileName(temporary), StringComparer.Ordinal))
        {
            _files.Delete(temporary);
        }

        using (IFile file = _files.Create(temporary))
        {
            file.Write(0, [JsonSerializer.SerializeToUtf8Bytes(goneUpTo)]);
            file.Sync();
        }

        _files.Rename(temporary, FilePath);
        _files.SyncDirectory(_folder);
        _goneUpTo = goneUpTo;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} cannot be read: deleted data streams may come back with what the write-ahead log still holds of them")]
    private static partial void LogUnreadable(ILogger logger, string path, Exception exception);
}
