namespace LogView.Server.Storage.Embedded;

internal static partial class StoreLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The event store set a damaged file aside: {Damage}")]
    public static partial void FileDamaged(this ILogger logger, string damage);

    [LoggerMessage(Level = LogLevel.Error, Message = "A segment of {DataStream} could not be written; its events stay in memory and in the write-ahead log")]
    public static partial void SealFailed(this ILogger logger, string dataStream, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Maintenance of the event store failed; it is tried again")]
    public static partial void MaintenanceFailed(this ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Files of deleted events are still there; deleting them is tried again")]
    public static partial void DeleteFailed(this ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "Deleted the {Count} oldest segments of {DataStream}, partition {Partition}, as its retention asks")]
    public static partial void SegmentsRetired(this ILogger logger, string dataStream, string partition, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "Deleted partition {Partition} of {DataStream} as its retention asks")]
    public static partial void PartitionRetired(this ILogger logger, string dataStream, string partition);
}
