using System.Globalization;

namespace LogView.Client.Contracts.DataStreams;

/// <summary>Durations as people write them: <c>90d</c>, <c>12h</c>, <c>30m</c>, <c>45s</c>.</summary>
public static class DurationText
{
    /// <summary>Null when the text is none, or longer than time itself.</summary>
    public static TimeSpan? Parse(string text)
    {
        double unit = text.Length == 0 ? 0 : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3_600, 'd' => 86_400, _ => 0 };
        bool isNumber = double.TryParse(text.AsSpan(0, Math.Max(0, text.Length - 1)), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number);
        return isNumber && unit > 0 && number * unit < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(number * unit) : null;
    }

    /// <summary>In the largest unit that divides it.</summary>
    public static string Format(TimeSpan duration)
    {
        (double size, char unit) = duration.TotalSeconds switch
        {
            var s when s % 86_400 == 0 => (duration.TotalDays, 'd'),
            var s when s % 3_600 == 0 => (duration.TotalHours, 'h'),
            var s when s % 60 == 0 => (duration.TotalMinutes, 'm'),
            _ => (duration.TotalSeconds, 's'),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{size}{unit}");
    }
}
