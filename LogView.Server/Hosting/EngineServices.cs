using LogView.Server.Hosting.Options;
using LogView.Server.Platform;
using LogView.Server.Saved;
using LogView.Server.Storage.Elastic;
using LogView.Server.Storage.Embedded;
using LogView.Server.Storage.Memory;
using LogView.Server.Storage.Retaining;

namespace LogView.Server.Hosting;

public static class EngineServices
{
    /// <summary>The event store that the options name, and what it keeps of each data stream; saved objects are kept beside it.</summary>
    public static IServiceCollection AddEngine(this IServiceCollection services, LogViewOptions options)
    {
        services.AddSingleton(_ => new RetentionBook(DiskFileSystem.Instance, options.DataFolder, options.Settings.Retention));
        services.AddSaved(options.DataFolder);
        return options.Engine switch
        {
            "memory" => services.AddMemoryEngine(options.Settings.Memory, options.DataFolder),
            "elastic" => services.AddElasticEngine(options.Elastic),
            _ => services.AddEmbeddedEngine(options.Embedded),
        };
    }
}
