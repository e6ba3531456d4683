using LogView.Server.Storage.Embedded;
using LogView.Server.Storage.Embedded.Format;
using LogView.Server.Storage.Embedded.Segments;

namespace LogView.Benchmarks.Storage;

/// <summary>What takes how many bytes of an event on disk, by section and column.</summary>
internal static class StoreBytes
{
    public static void Each(EmbeddedEventStore store, Action<string, double> use)
    {
        SealedSegment[] segments = [.. store.Partitions.SelectMany(p => p.Segments)];
        long events = Math.Max(1, segments.Sum(s => (long)s.Events));
        var sums = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (SealedSegment segment in segments)
        {
            foreach ((SectionKind kind, Extent extent) in segment.File.Sections.Where(s => s.Key != SectionKind.Columns))
            {
                sums[kind.ToString()] = sums.GetValueOrDefault(kind.ToString()) + extent.Length;
            }

            AddColumns(segment, sums);
        }

        foreach ((string name, long bytes) in sums)
        {
            use(name, (double)bytes / events);
        }
    }

    private static void AddColumns(SealedSegment segment, SortedDictionary<string, long> sums)
    {
        var table = new FieldTable(segment.File.Read(SectionKind.Fields));
        for (int i = 0; i < table.Count; i++)
        {
            (string field, ColumnKind kind, Extent extent) = table[i];
            string name = $"Columns {field} {kind}";
            if (kind != ColumnKind.Text)
            {
                sums[name] = sums.GetValueOrDefault(name) + extent.Length;
                continue;
            }

            foreach ((string part, int bytes) in new SealedText(segment.File, extent, segment.Events).Parts)
            {
                sums[$"{name}, {part}"] = sums.GetValueOrDefault($"{name}, {part}") + bytes;
            }
        }
    }
}
