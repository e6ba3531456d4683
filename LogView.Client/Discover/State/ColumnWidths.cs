using System.Globalization;

namespace LogView.Client.Discover.State;

/// <summary>Widths of columns in an address: pixels in the order of the columns, 0 for the usual width; nothing when all have that.</summary>
public static class ColumnWidths
{
    /// <summary>Of a column that nobody resized.</summary>
    public const int Usual = 150;

    /// <summary>By how much a key makes a column wider.</summary>
    public const int Step = 40;

    public const int Least = 40;
    public const int Most = 2_000;

    public static readonly IReadOnlyDictionary<string, int> None = new Dictionary<string, int>(StringComparer.Ordinal);

    public static string? Write(IReadOnlyList<string> columns, IReadOnlyDictionary<string, int> widths) =>
        columns.Any(widths.ContainsKey) ? string.Join(',', columns.Select(c => widths.GetValueOrDefault(c).ToString(CultureInfo.InvariantCulture))) : null;

    public static IReadOnlyDictionary<string, int> Read(IReadOnlyList<string> columns, string? text)
    {
        if (text is null)
        {
            return None;
        }

        var widths = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach ((string column, string part) in columns.Zip(text.Split(',')))
        {
            if (int.TryParse(part, CultureInfo.InvariantCulture, out int width) && width > 0)
            {
                widths[column] = Math.Clamp(width, Least, Most);
            }
        }

        return widths;
    }
}
