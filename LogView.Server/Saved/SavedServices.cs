using LogView.Client.Contracts.Saved;

namespace LogView.Server.Saved;

/// <summary>What people keep and share.</summary>
public static class SavedServices
{
    /// <summary>Needs an <see cref="ISavedObjectStore"/>: <see cref="AddSavedFile"/>, or the engine's own.</summary>
    public static IServiceCollection AddSaved(this IServiceCollection services) => services.AddSingleton<ISavedObjects, SavedObjects>();

    public static IServiceCollection AddSavedFile(this IServiceCollection services, string dataFolder) =>
        services.AddSingleton<ISavedObjectStore>(_ => SqliteSavedObjectStore.OpenOrCreate(dataFolder));

    public static void MapSaved(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapSavedObjects();
        endpoints.MapLinks();
        endpoints.MapMarks();
    }
}
