using LogView.Client.Language;
using System.Globalization;
using LogView.Client.Contracts.Events;
using LogView.Client.Discover.State;
using LogView.Client.Shared;
using LogView.Client.Shared.Timing;

namespace LogView.Client.Discover.Events;

/// <summary>How all rows of the table are drawn. A row is drawn anew only for another look.</summary>
/// <param name="Columns">Fields in order; empty: one summary column.</param>
/// <param name="Zone">Of the times.</param>
/// <param name="Date">What is shown of the day.</param>
/// <param name="Marker">Marks matches; null: none.</param>
public sealed record RowLook(IReadOnlyList<string> Columns, TimeZoneInfo Zone, DatePart Date, TextMarker? Marker)
{
    private const int ColumnWidth = ColumnWidths.Usual;
    private const int MessageWidth = 240;

    /// <summary>Pixels of columns that were resized.</summary>
    public IReadOnlyDictionary<string, int> Widths { get; init; } = ColumnWidths.None;

    public RowHeight Height { get; init; }

    /// <summary>The zone that times are said in besides, where they are said in full.</summary>
    public TimeZoneInfo OtherZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Widths as <c>grid-template-columns</c>: level bar, time, level, columns. The message, or else the last column, takes the rest.</summary>
    public string GridColumns
    {
        get
        {
            IEnumerable<string> widths = Columns.Select((c, i) =>
                Widths.TryGetValue(c, out int width) ? Pixels(width) : IsWide(i) ? $"minmax({Pixels(MessageWidth)},1fr)" : Pixels(ColumnWidth));
            return $"4px {Date switch { DatePart.None => "98px", DatePart.Day => "136px", _ => "170px" }} 54px {string.Join(' ', Columns.Count == 0 ? [$"minmax({Pixels(MessageWidth)},1fr)"] : widths)}";
        }
    }

    /// <summary>Least width of a row; below it the table scrolls sideways.</summary>
    public int MinWidth => 200 + (Columns.Count == 0 ? MessageWidth : Columns.Select((c, i) => 10 + Widths.GetValueOrDefault(c, IsWide(i) ? MessageWidth : ColumnWidth)).Sum());

    public string Time(Timestamp instant) => ZoneTime.Of(instant, Zone, Date);

    /// <summary>The time in full, in the chosen zone and in the other.</summary>
    public string TimeTitle(Timestamp instant) => ZoneTime.Both(instant, Zone, OtherZone);

    public IReadOnlyList<TextRange> Marks(string field, string text) => Marker is null || text.Length == 0 ? [] : Marker(field, text);

    public bool Equals(RowLook? other) =>
        other is not null && Columns.SequenceEqual(other.Columns, StringComparer.Ordinal) && string.Equals(Zone.Id, other.Zone.Id, StringComparison.Ordinal) && Date == other.Date && Marker == other.Marker && Height == other.Height && string.Equals(OtherZone.Id, other.OtherZone.Id, StringComparison.Ordinal)
        && Columns.All(c => Widths.GetValueOrDefault(c) == other.Widths.GetValueOrDefault(c));

    public override int GetHashCode() => HashCode.Combine(Columns.Count, Zone.Id, Date);

    private static string Pixels(int width) => width.ToString(CultureInfo.InvariantCulture) + "px";

    private bool IsWide(int column) => Columns.Contains("message", StringComparer.Ordinal) ? Columns[column] is "message" : column == Columns.Count - 1;
}
