using LogView.Client.Contracts.DataStreams;
using LogView.Client.Contracts.Events;

namespace LogView.Server.Storage.Elastic.Retiring;

/// <summary>One index of a data stream.</summary>
/// <param name="Name">In the cluster.</param>
/// <param name="Generation">Grows with each rollover; the highest is written to.</param>
/// <param name="CreatedAt">By the cluster's clock.</param>
/// <param name="Events">In it.</param>
/// <param name="Bytes">On disk, without copies.</param>
/// <param name="Newest">Of its events; null: it has none.</param>
internal sealed record BackingIndex(string Name, long Generation, DateTimeOffset CreatedAt, long Events, long Bytes, Timestamp? Newest);

/// <param name="RollsOver">A new index is to be written to.</param>
/// <param name="Retired">Indices to delete, the oldest first; never the one that is written to.</param>
internal sealed record StreamPlan(bool RollsOver, IReadOnlyList<string> Retired)
{
    /// <summary>Larger shards recover slowly; what Elasticsearch advises too.</summary>
    public const long MaxBytes = 50L << 30;

    /// <summary>Below, an index is not worth its place in the cluster's state.</summary>
    private const long MinBytes = 64L << 20;

    /// <summary>By bytes a tenth of what is kept leaves at once.</summary>
    private const int Parts = 10;

    /// <summary>What to do about one data stream now.</summary>
    /// <param name="indices">All of it, in any order; at least one.</param>
    /// <param name="retention">What is kept.</param>
    /// <param name="now">Against which ages are.</param>
    public static StreamPlan Of(IReadOnlyCollection<BackingIndex> indices, Retention retention, DateTimeOffset now)
    {
        BackingIndex[] ordered = [.. indices.OrderBy(i => i.Generation)];
        BackingIndex written = ordered[^1];
        bool rollsOver = written.Events > 0 && (now - written.CreatedAt >= RolloverAge(retention.Age) || written.Bytes >= RolloverBytes(retention.Bytes));
        long bytes = ordered.Sum(i => i.Bytes);
        List<string> retired = [];
        foreach (BackingIndex index in ordered[..^1])
        {
            if (IsOver(index, retention.Age, now) || bytes > (retention.Bytes ?? long.MaxValue))
            {
                retired.Add(index.Name);
                bytes -= index.Bytes;
            }
        }

        return new StreamPlan(rollsOver, retired);
    }

    /// <summary>As Elasticsearch's own lifecycle has it: some ten indices or more within what is kept.</summary>
    public static TimeSpan RolloverAge(TimeSpan? kept) => kept switch
    {
        { TotalDays: <= 1 } => TimeSpan.FromHours(1),
        { TotalDays: <= 14 } => TimeSpan.FromDays(1),
        { TotalDays: <= 90 } => TimeSpan.FromDays(7),
        _ => TimeSpan.FromDays(30),
    };

    public static long RolloverBytes(long? kept) => Math.Clamp((kept ?? long.MaxValue) / Parts, MinBytes, MaxBytes);

    private static bool IsOver(BackingIndex index, TimeSpan? age, DateTimeOffset now) =>
        age is { } kept && (index.Newest?.ToDateTimeOffset() ?? index.CreatedAt) < now - kept;
}
