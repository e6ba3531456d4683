using LogView.Server.Platform;

namespace LogView.Server.Storage.Elastic;

public static class ElasticEngineServices
{
    /// <summary>A cluster as the event store.</summary>
    public static IServiceCollection AddElasticEngine(this IServiceCollection services, ElasticEngineOptions options)
    {
        services.AddSingleton<IEventStore>(provider => new ElasticEventStore(options, DiskFileSystem.Instance, provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
