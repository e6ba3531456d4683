namespace LogView.Server.Storage.Embedded.Heads;

/// <summary>0, 1, 2, … in one array for all: the events of columns in which every event has one value. Safe for concurrent use.</summary>
internal static class Ordinals
{
    private static int[] _all = Make(1024);

    /// <summary>At least so many, for reading only.</summary>
    public static int[] AtLeast(int count)
    {
        int[] all = Volatile.Read(ref _all);
        if (all.Length < count)
        {
            // Of two that are made at once either will do.
            all = Make(Math.Max(count, all.Length * 2));
            Volatile.Write(ref _all, all);
        }

        return all;
    }

    private static int[] Make(int count)
    {
        var all = new int[count];
        for (int i = 0; i < count; i++)
        {
            all[i] = i;
        }

        return all;
    }
}
