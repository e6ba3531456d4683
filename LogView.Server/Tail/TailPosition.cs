using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using LogView.Client.Contracts.Events;
using LogView.Server.Tail.Others;

namespace LogView.Server.Tail;

/// <summary>
/// A place in the stream: everything up to <paramref name="Sequence"/> was sent or left out at <paramref name="At"/>, and of what others write to the store everything up to
/// <paramref name="Others"/>. Written as <c>sequence-milliseconds</c> or <c>sequence-milliseconds-tail-number</c>; viewers take it as opaque text.
/// </summary>
public readonly record struct TailPosition(long Sequence, Timestamp At, OtherPosition? Others = null)
{
    /// <summary>Of the largest number.</summary>
    private const int MaxDigits = 19;

    /// <summary>Longest form: three numbers, an id and three dashes.</summary>
    private const int MaxLength = 3 * MaxDigits + OtherPosition.IdLength + 3;

    public static bool TryParse(string? text, out TailPosition position, [NotNullWhen(false)] out string? error)
    {
        position = default;
        error = $"'position' is not a place in the live tail: expected the 'position' of a status";
        string[] parts = text is null || text.Length > MaxLength ? [] : text.Split('-');
        if (parts.Length is not (2 or 4) || !TryParseNumber(parts[0], out long sequence) || !TryParseNumber(parts[1], out long milliseconds)
            || milliseconds > Timestamp.MaxValue.UnixMilliseconds)
        {
            return false;
        }

        OtherPosition? others = null;
        if (parts.Length == 4)
        {
            if (parts[2].Length != OtherPosition.IdLength || !TryParseNumber(parts[3], out long number))
            {
                return false;
            }

            others = new OtherPosition(parts[2], number);
        }

        position = new TailPosition(sequence, Timestamp.FromUnixMilliseconds(milliseconds), others);
        error = null;
        return true;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Sequence}-{At.UnixMilliseconds}{(Others is { } others ? $"-{others.Tail}-{others.Number}" : "")}");

    private static bool TryParseNumber(string text, out long number) =>
        long.TryParse(text.Length > MaxDigits ? "" : text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
