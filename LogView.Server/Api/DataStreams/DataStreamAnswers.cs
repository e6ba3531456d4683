using LogView.Client.Contracts.DataStreams;

namespace LogView.Server.Api.DataStreams;

public sealed record DataStreamsAnswer(IReadOnlyList<DataStreamAnswer> DataStreams)
{
    internal static DataStreamsAnswer Of(DataStreamList list) => new([.. list.DataStreams.Select(s => new DataStreamAnswer(
        s.Info.Name.Value, s.Info.Events, s.Info.Bytes, s.Info.Oldest?.ToString(), s.Info.Newest?.ToString(), s.EventsPerSecond,
        list.KeepsRetention && s.ManagedBy is null ? new RetentionAnswer(s.Retention.Age is { } age ? DurationText.Format(age) : null, s.Retention.Bytes, s.IsRetentionOwn) : null,
        s.ManagedBy))]);
}

/// <param name="Name">Of the data stream.</param>
/// <param name="Events">Events that can be searched.</param>
/// <param name="Bytes">Bytes on disk, or of the sources where they are in memory only.</param>
/// <param name="Oldest">Instant of the oldest event; null when empty.</param>
/// <param name="Newest">Instant of the newest event; null when empty.</param>
/// <param name="EventsPerSecond">That came in, on average over the last minute.</param>
/// <param name="Retention">What is kept; null when LogView does not look at it.</param>
/// <param name="ManagedBy">Who keeps it instead of LogView, on a cluster: <c>policy NAME</c>, <c>data stream lifecycle</c> or <c>indices of others</c>; else null.</param>
public sealed record DataStreamAnswer(string Name, long Events, long Bytes, string? Oldest, string? Newest, double EventsPerSecond, RetentionAnswer? Retention, string? ManagedBy);

/// <param name="Age">Older events leave, such as <c>90d</c>; null: age does not matter.</param>
/// <param name="Bytes">Most bytes on disk; null: any.</param>
/// <param name="Own">Set for this data stream; false: from the settings file.</param>
public sealed record RetentionAnswer(string? Age, long? Bytes, bool Own);

/// <param name="Age">Such as <c>90d</c> or <c>12h</c>; left out or null: age does not matter.</param>
/// <param name="Bytes">Most bytes on disk; left out or null: any.</param>
public sealed record RetentionBody(string? Age = null, long? Bytes = null)
{
    /// <summary>Throws <see cref="ApiProblemException"/>.</summary>
    internal Retention ToRetention()
    {
        TimeSpan? age = Age is null ? null : DurationText.Parse(Age) ?? throw ApiProblemException.BadRequest($"'age' is '{Json.Names.Shorten(Age)}': expected a duration such as 90d or 12h");
        return new Retention(age, Bytes);
    }
}
