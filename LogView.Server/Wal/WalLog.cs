namespace LogView.Server.Wal;

internal static partial class WalLog
{
    [LoggerMessage(1, LogLevel.Information, "Write-ahead log opened: {Segments} files, events {First} to {Last}, {Ids} given ids not searchable yet")]
    public static partial void Opened(ILogger logger, int segments, long first, long last, int ids);

    [LoggerMessage(2, LogLevel.Error, "Write-ahead log is damaged: {File} at {Offset}, {Bytes} bytes, {Missing} events lost, copy in {Copy}")]
    public static partial void Damaged(ILogger logger, string file, long offset, long bytes, long missing, string copy);

    [LoggerMessage(3, LogLevel.Warning, "Unfinished write at the end of {File} is left out: {Bytes} bytes from {Offset}; nobody was told these were safe")]
    public static partial void TailCut(ILogger logger, string file, long offset, long bytes);

    [LoggerMessage(4, LogLevel.Warning, "{File} with {Bytes} bytes has no events that can be read and is left out")]
    public static partial void FileIgnored(ILogger logger, string file, long bytes);

    [LoggerMessage(5, LogLevel.Error, "Damaged bytes of {File} at {Offset} could not be copied aside")]
    public static partial void QuarantineFailed(ILogger logger, string file, long offset, Exception exception);

    [LoggerMessage(6, LogLevel.Error, "Writing {Events} events to the write-ahead log failed; shippers are told to come back")]
    public static partial void WriteFailed(ILogger logger, int events, Exception exception);

    [LoggerMessage(7, LogLevel.Information, "Write-ahead log takes events again")]
    public static partial void WriteRecovered(ILogger logger);

    [LoggerMessage(8, LogLevel.Warning, "{File} could not be deleted; tried again at the next checkpoint")]
    public static partial void DeleteFailed(ILogger logger, string file, Exception exception);

    [LoggerMessage(9, LogLevel.Critical, "The write-ahead log's writer stopped; no more events are taken")]
    public static partial void WriterStopped(ILogger logger, Exception exception);
}
