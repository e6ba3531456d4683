namespace LogView.Client.Shared.Traces;

/// <summary>A piece of a text that is shown, or a run of calls that are folded.</summary>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="End">Where the next one begins: a piece ends with its last line's end.</param>
/// <param name="Lines">Lines in it.</param>
/// <param name="Frames">Calls that are folded; 0: it is shown.</param>
public readonly record struct TracePart(int Start, int End, int Lines, int Frames);

/// <summary>
/// A stack trace with the calls of frameworks folded, so that the program's own are seen. What stays of each trace is the innermost call, where it went wrong, whoever's it is.
/// </summary>
public static class TraceFolds
{
    /// <summary>Fewer calls than this in a row would save no line.</summary>
    private const int MinFrames = 2;

    /// <summary>More lines than any runtime writes of one trace: what is longer is shown as it is.</summary>
    private const int MaxLines = 20_000;

    /// <returns>The whole text in parts, one after the other; a single one if nothing is folded.</returns>
    public static IReadOnlyList<TracePart> Of(string text)
    {
        List<ReadOnlyMemory<char>> lines = [];
        List<int> starts = [0];
        for (int at = 0; at < text.Length && lines.Count <= MaxLines;)
        {
            int end = text.IndexOf('\n', at) is var e and >= 0 ? e : text.Length;
            lines.Add(text.AsMemory(at, end - at));
            at = Math.Min(text.Length, end + 1);
            starts.Add(at);
        }

        return lines.Count > MaxLines ? [new TracePart(0, text.Length, lines.Count, 0)] : Parts(starts, Runs(TraceFrames.Of(lines)));
    }

    /// <summary>Runs of calls that are folded, by their first and last line.</summary>
    private static List<(int First, int Last, int Frames)> Runs(List<TraceFrame> frames)
    {
        List<(int First, int Last, int Frames)> runs = [];
        for (int i = 0; i < frames.Count;)
        {
            int end = i + 1;
            while (end < frames.Count && frames[end].First == frames[end - 1].Last + 1)
            {
                end++;
            }

            // From i up to end is one trace without anything between its calls.
            int innermost = frames[i].IsCalleeLast ? end - 1 : i;
            for (int first = i; first < end;)
            {
                int next = first;
                while (next < end && next != innermost && frames[next].IsFramework)
                {
                    next++;
                }

                if (next - first >= MinFrames)
                {
                    runs.Add((frames[first].First, frames[next - 1].Last, next - first));
                }

                first = Math.Max(next, first + 1);
            }

            i = end;
        }

        return runs;
    }

    private static List<TracePart> Parts(List<int> starts, List<(int First, int Last, int Frames)> runs)
    {
        List<TracePart> parts = [];
        int line = 0;
        foreach ((int first, int last, int frames) in runs)
        {
            Add(line, first, 0);
            Add(first, last + 1, frames);
            line = last + 1;
        }

        Add(line, starts.Count - 1, 0);
        return parts;

        void Add(int from, int to, int frames)
        {
            if (to > from)
            {
                parts.Add(new TracePart(starts[from], starts[to], to - from, frames));
            }
        }
    }
}
