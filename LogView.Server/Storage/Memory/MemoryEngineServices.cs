using LogView.Server.Platform;

namespace LogView.Server.Storage.Memory;

public static class MemoryEngineServices
{
    /// <summary>The memory engine as the event store; which data streams were deleted is kept in <paramref name="dataFolder"/>.</summary>
    public static IServiceCollection AddMemoryEngine(this IServiceCollection services, MemoryEngineOptions options, string dataFolder)
    {
        services.AddSingleton<IEventStore>(provider => new MemoryEventStore(
            options, provider.GetRequiredService<TimeProvider>(),
            MemoryDeletions.Open(DiskFileSystem.Instance, dataFolder, provider.GetRequiredService<ILogger<MemoryDeletions>>())));
        return services;
    }
}
