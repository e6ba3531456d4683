using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using LogView.Client.Contracts.Events;

namespace LogView.Server.Tail;

/// <summary>
/// A place in the stream: everything up to <paramref name="Sequence"/> was sent or left out at <paramref name="At"/>. Written as
/// <c>sequence-milliseconds</c>; viewers take it as opaque text.
/// </summary>
public readonly record struct TailPosition(long Sequence, Timestamp At)
{
    /// <summary>Longest form: two numbers of 19 digits and a dash.</summary>
    private const int MaxLength = 39;

    public static bool TryParse(string? text, out TailPosition position, [NotNullWhen(false)] out string? error)
    {
        position = default;
        error = $"'position' is not a place in the live tail: expected the 'position' of a status";
        if (text is null || text.Length > MaxLength || text.IndexOf('-', StringComparison.Ordinal) is var dash && dash < 1
            || !TryParseNumber(text.AsSpan(0, dash), out long sequence) || !TryParseNumber(text.AsSpan(dash + 1), out long milliseconds)
            || milliseconds > Timestamp.MaxValue.UnixMilliseconds)
        {
            return false;
        }

        position = new TailPosition(sequence, Timestamp.FromUnixMilliseconds(milliseconds));
        error = null;
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sequence}-{At.UnixMilliseconds}");

    private static bool TryParseNumber(ReadOnlySpan<char> text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
