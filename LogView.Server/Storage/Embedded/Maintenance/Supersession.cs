using LogView.Server.Storage.Embedded.Format;
using LogView.Server.Storage.Embedded.Segments;

namespace LogView.Server.Storage.Embedded.Maintenance;

/// <summary>
/// Tells which segments of a folder that no manifest names are a rest of a crash. Every event has one sequence: a segment all of whose sequences are
/// in others was merged into them, or is the same head written twice. One with events that no other has counts, whoever put it there.
/// </summary>
internal static class Supersession
{
    /// <param name="segments">Of one partition, oldest file first.</param>
    /// <param name="isListed">Named by the manifest: counts in any case. Of the others the newer file counts before the older.</param>
    /// <param name="damaged">Told of a segment whose sequences cannot be read, or only some of which are in others; it replaces nothing and is in neither list.</param>
    public static (List<SealedSegment> Live, List<SealedSegment> Replaced) Divide(
        IReadOnlyList<SealedSegment> segments, Predicate<SealedSegment> isListed, Action<SealedSegment, DamagedFileException> damaged)
    {
        List<SealedSegment> live = [.. segments.Where(s => isListed(s))], replaced = [];
        foreach (SealedSegment segment in segments.Reverse().Where(s => !isListed(s)))
        {
            Compare(segment, live, replaced, damaged);
        }

        return ([.. segments.Where(live.Contains)], replaced);
    }

    private static void Compare(SealedSegment segment, List<SealedSegment> live, List<SealedSegment> replaced, Action<SealedSegment, DamagedFileException> damaged)
    {
        try
        {
            int own = CountOwn(segment, live, damaged);
            if (own == segment.Events)
            {
                live.Add(segment);
            }
            else if (own == 0)
            {
                replaced.Add(segment);
            }
            else
            {
                throw segment.File.Damaged($"{segment.Events - own} of its {segment.Events} events are in other files too");
            }
        }
        catch (DamagedFileException e)
        {
            damaged(segment, e);
        }
    }

    /// <summary>Events that none of the others has. Only files whose sequences may be the same are read, one at a time.</summary>
    private static int CountOwn(SealedSegment segment, List<SealedSegment> live, Action<SealedSegment, DamagedFileException> damaged)
    {
        HashSet<long>? own = null;
        foreach (SealedSegment other in live.Where(o => Overlap(o, segment)).ToList())
        {
            own ??= [.. SequencesOf(segment)];
            try
            {
                own.ExceptWith(SequencesOf(other));
            }
            catch (DamagedFileException e)
            {
                live.Remove(other);
                damaged(other, e);
            }
        }

        return own?.Count ?? segment.Events;
    }

    private static bool Overlap(SealedSegment one, SealedSegment other) =>
        one.Summary.FirstSequence <= other.Summary.LastSequence && other.Summary.FirstSequence <= one.Summary.LastSequence;

    private static long[] SequencesOf(SealedSegment segment) => new PackedInts(segment.File.Read(SectionKind.Sequences)).ToArray();
}
