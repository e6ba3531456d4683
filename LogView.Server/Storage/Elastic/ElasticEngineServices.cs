using LogView.Server.Platform;
using LogView.Server.Saved;
using LogView.Server.Storage.Elastic.Client;
using LogView.Server.Storage.Elastic.Retiring;
using LogView.Server.Storage.Elastic.Saving;
using LogView.Server.Storage.Retaining;

namespace LogView.Server.Storage.Elastic;

public static class ElasticEngineServices
{
    /// <summary>A cluster as the event store, and as the store of saved objects.</summary>
    public static IServiceCollection AddElasticEngine(this IServiceCollection services, ElasticEngineOptions options)
    {
        services.AddSingleton(provider => new ElasticClient(options, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IEventStore>(provider => new ElasticEventStore(
            provider.GetRequiredService<ElasticClient>(), options with { Retention = name => provider.GetRequiredService<RetentionBook>().Of(name).Retention }, DiskFileSystem.Instance, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ISavedObjectStore>(provider => new ElasticSavedObjectStore(provider.GetRequiredService<ElasticClient>(), options.Prefix));
        services.AddHostedService(provider => new ElasticUpkeep(
            (ElasticEventStore)provider.GetRequiredService<IEventStore>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ElasticUpkeep>>()));
        return services;
    }
}
