using LogView.Client.Contracts.Events;

namespace LogView.Client.Shared.Timing;

/// <summary>What has to be said of a day beside the time.</summary>
public enum DatePart
{
    /// <summary>All is of one day.</summary>
    None,

    /// <summary>Month and day: no two instants are the same day of two years.</summary>
    Day,

    /// <summary>Year, month and day.</summary>
    Year,
}

/// <summary>How much of the date a range of time needs, so that no two of its instants read alike.</summary>
public static class DateParts
{
    /// <summary>A day less than the shortest year.</summary>
    private const int MaxDaysWithoutYear = 364;

    /// <param name="from">Start; null: not known or open.</param>
    /// <param name="to">End; null: not known or open.</param>
    /// <param name="zone">Whose days are meant.</param>
    public static DatePart Between(Timestamp? from, Timestamp? to, TimeZoneInfo zone) =>
        from is not { } first || to is not { } last ? DatePart.Year
        : ZoneTime.SameDay(first, last, zone) ? DatePart.None
        : last.ToDateTimeOffset() - first.ToDateTimeOffset() <= TimeSpan.FromDays(MaxDaysWithoutYear) ? DatePart.Day
        : DatePart.Year;
}
