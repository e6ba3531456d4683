namespace LogView.Client.Contracts.Search;

/// <summary>How a count differs from that of the window of the same length before.</summary>
public enum ChangeKind : byte
{
    /// <summary>Not by more than chance explains.</summary>
    Same,
    New,
    Gone,
    Grown,
    Shrunk,
}

/// <summary>Tells changes from chance.</summary>
public static class Changes
{
    /// <summary>Growth below this is no news, however sure.</summary>
    private const double MinFactor = 1.5;

    /// <summary>Standard deviations by which two counts differ that are no chance.</summary>
    private const double MinDeviations = 3;

    /// <summary>Of two counts over equally long windows, of which equal shares were read.</summary>
    public static ChangeKind Of(long count, long before)
    {
        if (count == 0 || before == 0)
        {
            return count > 0 ? ChangeKind.New : before > 0 ? ChangeKind.Gone : ChangeKind.Same;
        }

        return Weight(count, before) < MinDeviations ? ChangeKind.Same
            : count >= before * MinFactor ? ChangeKind.Grown
            : before >= count * MinFactor ? ChangeKind.Shrunk
            : ChangeKind.Same;
    }

    /// <summary>How far a change is from chance, in standard deviations.</summary>
    public static double Weight(long count, long before) => count + before == 0 ? 0 : Math.Abs(count - before) / Math.Sqrt(count + before);
}
