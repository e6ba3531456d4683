namespace LogView.Server.Ingest.Pipeline;

public static class PipelineServices
{
    /// <summary>Adds <see cref="IEventSink"/>. Needs <see cref="Wal.IWriteAheadLog"/> and <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddPipeline(this IServiceCollection services, PipelineOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<EventIdSource>();
        services.AddSingleton<IEventSink, EventSink>();
        return services;
    }
}
