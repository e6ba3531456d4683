namespace LogView.Server.Storage.Memory;

public static class MemoryEngineServices
{
    /// <summary>The memory engine as the event store.</summary>
    public static IServiceCollection AddMemoryEngine(this IServiceCollection services, MemoryEngineOptions options)
    {
        services.AddSingleton<IEventStore>(provider => new MemoryEventStore(options, provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
