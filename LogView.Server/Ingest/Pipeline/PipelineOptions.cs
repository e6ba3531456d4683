namespace LogView.Server.Ingest.Pipeline;

/// <summary>Settings of the pipeline.</summary>
public sealed record PipelineOptions
{
    /// <summary>The zone of times that name none.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;
}
