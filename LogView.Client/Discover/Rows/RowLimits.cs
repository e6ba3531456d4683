namespace LogView.Client.Discover.Rows;

/// <summary>How much of a result one viewer holds, whatever its length.</summary>
public static class RowLimits
{
    /// <summary>Rows read at once: several screens.</summary>
    public const int PageSize = 500;

    /// <summary>Rows held for one viewer. 6,000 at 1 kB are 6 MB; others are read again when they are scrolled to.</summary>
    public const int MaxHeld = 6_000;

    /// <summary>A stretch of more rows is divided by time before rows in the middle of it are read: fewer than four pages on the way.</summary>
    public const int MaxStretch = 2_000;

    /// <summary>Parts a stretch is divided into at once.</summary>
    public const int MaxParts = 250;

    /// <summary>Rows drawn as coming while nobody has counted them.</summary>
    public const int Uncounted = 60;
}
