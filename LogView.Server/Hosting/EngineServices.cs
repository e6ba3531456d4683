using LogView.Server.DataStreams;
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
    /// <summary>The event store that the options name, what it keeps of each data stream, and who may change that; and where saved objects are kept: on the cluster, or in a file of this machine.</summary>
    public static IServiceCollection AddEngine(this IServiceCollection services, LogViewOptions options)
    {
        services.AddSingleton<IFileSystem>(DiskFileSystem.Instance);
        services.AddSingleton(p => new RetentionBook(p.GetRequiredService<IFileSystem>(), options.DataFolder, options.Settings.Retention));
        services.AddDataStreams();
        services.AddSaved();
        return options.Engine switch
        {
            "memory" => services.AddSavedFile(options.DataFolder).AddMemoryEngine(options.Settings.Memory, options.DataFolder),
            "elastic" => services.AddElasticEngine(options.Elastic).AddSavedMove(options.DataFolder),
            _ => services.AddSavedFile(options.DataFolder).AddEmbeddedEngine(options.Embedded),
        };
    }
}
