using System.Text;
using LogView.Server.Platform;
using LogView.Server.Storage.Embedded.Format;

namespace LogView.Server.Storage.Embedded.Partitions;

/// <summary>Which segments a partition has. Content: number of segments, then per segment its name and summary.</summary>
internal sealed record Manifest(IReadOnlyList<ManifestEntry> Segments)
{
    public static readonly Manifest Empty = new([]);

    /// <summary>Null when the partition has none. Throws <see cref="DamagedFileException"/>.</summary>
    public static Manifest? Read(IFileSystem files, string folder)
    {
        if (CheckedFile.Read(files, folder, StoreNames.Manifest) is not { } content)
        {
            return null;
        }

        var cursor = new ByteCursor(content);
        var segments = new List<ManifestEntry>();
        for (int left = cursor.VarInt32(); left > 0; left--)
        {
            string name = Encoding.UTF8.GetString(cursor.Text());
            segments.Add(new ManifestEntry(name, SegmentSummary.Read(ref cursor)));
        }

        return new Manifest(segments);
    }

    public void Write(IFileSystem files, string folder)
    {
        var writer = new ByteWriter();
        writer.VarUInt(Segments.Count);
        foreach (ManifestEntry segment in Segments)
        {
            writer.Text(Encoding.UTF8.GetBytes(segment.Name));
            segment.Summary.Write(writer);
        }

        CheckedFile.Write(files, folder, StoreNames.Manifest, writer.Written);
    }
}

internal sealed record ManifestEntry(string Name, SegmentSummary Summary);
