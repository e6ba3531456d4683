namespace LogView.Server.Storage.Embedded.Heads;

/// <summary>
/// How the arrays of a head grow: in long steps, since each step leaves an array behind that is collected late, and up to the events of a usual segment
/// without room left over.
/// </summary>
internal static class Growth
{
    private const int LongStepsUpTo = 1 << 16;
    private const int DoubledUpTo = 1 << 22;

    /// <summary>The next length after <paramref name="length"/> entries are full.</summary>
    public static int Next(int length) =>
        length < LongStepsUpTo ? length * 4 : length < DoubledUpTo ? length * 2 : checked(length + length / 2);
}
