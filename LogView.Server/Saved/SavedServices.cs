using LogView.Client.Contracts.Saved;

namespace LogView.Server.Saved;

/// <summary>What people keep and share.</summary>
public static class SavedServices
{
    /// <summary>Needs an <see cref="ISavedObjectStore"/>: <see cref="AddSavedFile"/>, or the engine's own.</summary>
    public static IServiceCollection AddSaved(this IServiceCollection services) => services.AddSingleton<ISavedObjects, SavedObjects>();

    public static IServiceCollection AddSavedFile(this IServiceCollection services, string dataFolder) =>
        services.AddSingleton<ISavedObjectStore>(_ => SqliteSavedObjectStore.OpenOrCreate(dataFolder));

    /// <summary>What is in the file goes to the store that is used instead of it.</summary>
    public static IServiceCollection AddSavedMove(this IServiceCollection services, string dataFolder) => services.AddHostedService(provider => new SavedMove(
        dataFolder, provider.GetRequiredService<ISavedObjectStore>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<SavedMove>>()));

    public static void MapSaved(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapSavedObjects();
        endpoints.MapLinks();
        endpoints.MapMarks();
    }
}
