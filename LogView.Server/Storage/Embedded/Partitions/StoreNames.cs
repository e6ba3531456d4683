using System.Globalization;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Time;

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

    /// <summary>The number in a segment's name, also of one set aside or unfinished; 0 for any other name.</summary>
    public static long NumberIn(string name)
    {
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        return SegmentNumber(dot < 0 ? name : name[..dot]) ?? 0;
    }

    /// <summary>The partition of an instant: its day in UTC as <c>yyyyMMdd</c>.</summary>
    public static string Partition(Timestamp instant) => instant.ToDateTimeOffset().ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary>True when an event of the partition can be in the time range.</summary>
    public static bool Overlaps(string partition, TimeRange range)
    {
        if (!DateTimeOffset.TryParseExact(partition, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset day))
        {
            return true;
        }

        Timestamp from = Timestamp.FromUnixMilliseconds(day.ToUnixTimeMilliseconds());
        return range.To > from && range.From < from.Add(TimeSpan.FromDays(1));
    }

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
