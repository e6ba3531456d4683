using System.Globalization;
using LogView.Client.Contracts.Events;

namespace LogView.Server.Storage.Embedded.Partitions;

/// <summary>Every name the embedded engine gives to files and folders below its own folder.</summary>
internal static class StoreNames
{
    /// <summary>How far the store is durable, and what was deleted from it. No data stream can have this name.</summary>
    public const string State = "_state";

    /// <summary>The segments of a partition.</summary>
    public const string Manifest = "manifest";

    /// <summary>A file that is being written and takes its final name when it is whole.</summary>
    public const string TemporarySuffix = ".tmp";

    /// <summary>A file that does not hold what was written to it; kept for people to look at.</summary>
    public const string DamagedSuffix = ".damaged";

    private const string SegmentPrefix = "seg-";

    public static string Segment(long number) => string.Create(CultureInfo.InvariantCulture, $"{SegmentPrefix}{number:D8}");

    /// <summary>The number in a segment's name; null for any other name.</summary>
    public static long? SegmentNumber(string name) =>
        name.StartsWith(SegmentPrefix, StringComparison.Ordinal)
        && long.TryParse(name.AsSpan(SegmentPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    /// <summary>The partition of an instant: its day in UTC as <c>yyyyMMdd</c>.</summary>
    public static string Partition(Timestamp instant) => instant.ToDateTimeOffset().ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    public static bool IsPartition(string name) => name.Length == 8 && name.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>The folder of a data stream. Its name has been checked where it came in; it is still never trusted to stay inside.</summary>
    public static string StreamFolder(string root, DataStreamName stream)
    {
        string folder = Path.GetFullPath(Path.Combine(root, stream.Value));
        Platform.Invariant.Check(
            string.Equals(Path.GetDirectoryName(folder), Path.GetFullPath(root).TrimEnd(Path.DirectorySeparatorChar), StringComparison.Ordinal),
            "a data stream's folder lies in the store's folder");
        return folder;
    }
}
