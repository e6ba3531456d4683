using System.Globalization;

namespace LogView.Client.Admin;

/// <summary>Sizes and counts in at most eight characters or so; the exact ones are on hover.</summary>
internal static class ByteText
{
    private static readonly (double From, string Sign)[] Units = [(1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB")];

    public static string Bytes(long bytes)
    {
        (double from, string sign) = Units.FirstOrDefault(u => bytes >= u.From, (1, "B"));
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / from:0.#} {sign}");
    }

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Rate(double perSecond) => perSecond.ToString(perSecond >= 100 ? "N0" : "0.#", CultureInfo.InvariantCulture);
}
