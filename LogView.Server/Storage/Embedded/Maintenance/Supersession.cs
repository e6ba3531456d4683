using LogView.Server.Storage.Embedded.Format;
using LogView.Server.Storage.Embedded.Segments;

namespace LogView.Server.Storage.Embedded.Maintenance;

/// <summary>
/// Tells which segments of a folder without a manifest were replaced by others of it: every event has one sequence, so a segment all of whose
/// sequences are in another one was merged into that, or is the same head written twice. Of two with the same events the newer file counts.
/// </summary>
internal static class Supersession
{
    /// <param name="segments">Of one partition, oldest file first.</param>
    /// <param name="damaged">Told of a segment whose sequences cannot be read; it replaces nothing and is in neither list.</param>
    public static (List<SealedSegment> Live, List<SealedSegment> Replaced) Divide(IReadOnlyList<SealedSegment> segments, Action<SealedSegment, DamagedFileException> damaged)
    {
        var live = new List<(SealedSegment Segment, HashSet<long> Sequences)>();
        var replaced = new List<SealedSegment>();
        foreach (SealedSegment segment in segments.Reverse())
        {
            try
            {
                long[] sequences = new PackedInts(segment.File.Read(SectionKind.Sequences)).ToArray();
                if (live.Exists(other => Array.TrueForAll(sequences, other.Sequences.Contains)))
                {
                    replaced.Add(segment);
                }
                else
                {
                    live.Add((segment, [.. sequences]));
                }
            }
            catch (DamagedFileException e)
            {
                damaged(segment, e);
            }
        }

        live.Reverse();
        return ([.. live.Select(l => l.Segment)], replaced);
    }
}
