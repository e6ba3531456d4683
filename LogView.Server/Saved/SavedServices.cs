using LogView.Client.Contracts.Saved;

namespace LogView.Server.Saved;

/// <summary>What people keep and share.</summary>
public static class SavedServices
{
    /// <param name="dataFolder">Where the file is, unless the engine brings a store of its own.</param>
    public static IServiceCollection AddSaved(this IServiceCollection services, string dataFolder)
    {
        services.AddSingleton<ISavedObjectStore>(_ => SqliteSavedObjectStore.OpenOrCreate(dataFolder));
        services.AddSingleton<ISavedObjects, SavedObjects>();
        return services;
    }

    public static void MapSaved(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapSavedObjects();
        endpoints.MapLinks();
    }
}
