using LogView.Client.Contracts.Events;

namespace LogView.Server.Ingest.Parsing.Times;

/// <summary>What a written time leaves out: its zone, and with <see cref="Newest"/> its year or its day.</summary>
/// <param name="Zone">For times without an offset of their own.</param>
/// <param name="Newest">The instant the text was written at the latest: now, or the last change of an old file.</param>
public readonly record struct TextTimeContext(TimeZoneInfo Zone, Timestamp Newest)
{
    /// <summary>
    /// A time without a year may lie this far after <see cref="Newest"/>: clocks of two machines differ, and the year must not jump
    /// back for that at New Year.
    /// </summary>
    public static readonly TimeSpan Slack = TimeSpan.FromHours(1);

    internal Timestamp Limit => Newest.Add(Slack);
}
