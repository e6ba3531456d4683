namespace LogView.Client.Contracts.DataStreams;

/// <summary>What of a data stream is kept. Both null: all of it.</summary>
/// <param name="Age">Events older than this leave, a day's at a time; null: age does not matter.</param>
/// <param name="Bytes">Most bytes on disk; the oldest events leave first; null: any.</param>
public sealed record Retention(TimeSpan? Age, long? Bytes)
{
    public static readonly Retention Everything = new(null, null);

    /// <summary>Why it cannot be kept to, one sentence; null: it can. Less than an hour or a megabyte is a slip of the pen that would cost everything.</summary>
    public string? Problem => this switch
    {
        { Age: { } age } when age < MinAge || age > MaxAge => $"age: expected {MinAge.TotalHours:0} hour to {MaxAge.TotalDays:0} days",
        { Bytes: < MinBytes } => $"bytes: expected at least {MinBytes}",
        _ => null,
    };

    private const long MinBytes = 1024 * 1024;

    private static readonly TimeSpan MinAge = TimeSpan.FromHours(1);

    /// <summary>A hundred years: behind it instants run out.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(36_500);
}
