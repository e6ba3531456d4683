using LogView.Server.Platform;

namespace LogView.Server.Storage.Embedded;

public static class EmbeddedEngineServices
{
    /// <summary>The embedded engine as the event store.</summary>
    public static IServiceCollection AddEmbeddedEngine(this IServiceCollection services, EmbeddedStoreOptions options)
    {
        services.AddSingleton<IEventStore>(provider => EmbeddedEventStore.Open(
            options, DiskFileSystem.Instance, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<EmbeddedEventStore>>()));
        return services;
    }
}
