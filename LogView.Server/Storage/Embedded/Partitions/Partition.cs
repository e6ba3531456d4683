using System.Collections.Immutable;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Embedded.Heads;
using LogView.Server.Storage.Embedded.Segments;

namespace LogView.Server.Storage.Embedded.Partitions;

/// <summary>The events of one data stream and one day. Changed only under the catalog's lock.</summary>
internal sealed class Partition(DataStreamName dataStream, string key, string folder)
{
    public DataStreamName DataStream => dataStream;

    public string Key => key;

    public string Folder => folder;

    /// <summary>Takes new events; null until the next one comes.</summary>
    public Head? Open { get; set; }

    /// <summary>Heads that take no events any more and have no segment yet.</summary>
    public ImmutableArray<Head> Sealing { get; set; } = [];

    public ImmutableArray<SealedSegment> Segments { get; set; } = [];

    /// <summary>Number of the next segment file.</summary>
    public long NextNumber { get; set; } = 1;

    /// <summary>Deleted: nothing may be written to its folder any more.</summary>
    public bool IsGone { get; set; }

    public bool IsEmpty => Open is null && Sealing.IsEmpty && Segments.IsEmpty;

    public IEnumerable<Head> Heads => Open is null ? Sealing : Sealing.Append(Open);

    /// <summary>Data stream and day, for people.</summary>
    public override string ToString() => $"{dataStream}/{key}";

    public Manifest ToManifest() =>
        new([.. Segments.Select(s => new ManifestEntry(Path.GetFileName(s.File.Path), s.Summary))]);
}
