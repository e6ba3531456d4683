using LogView.Server.Platform;
using LogView.Server.Storage.Retaining;

namespace LogView.Server.Storage.Embedded;

public static class EmbeddedEngineServices
{
    /// <summary>The embedded engine as the event store. Needs <see cref="RetentionBook"/>, <see cref="IFileSystem"/> and <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddEmbeddedEngine(this IServiceCollection services, EmbeddedStoreOptions options)
    {
        services.AddSingleton<IEventStore>(provider =>
        {
            RetentionBook retention = provider.GetRequiredService<RetentionBook>();
            return EmbeddedEventStore.Open(
                options with { Retention = name => retention.Of(name).Retention }, provider.GetRequiredService<IFileSystem>(), provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<EmbeddedEventStore>>());
        });
        return services;
    }
}
