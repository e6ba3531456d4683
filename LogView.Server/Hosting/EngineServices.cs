using LogView.Server.Hosting.Options;
using LogView.Server.Storage.Embedded;
using LogView.Server.Storage.Memory;

namespace LogView.Server.Hosting;

public static class EngineServices
{
    /// <summary>The event store that the options name.</summary>
    public static IServiceCollection AddEngine(this IServiceCollection services, LogViewOptions options) => options.Engine switch
    {
        "embedded" => services.AddEmbeddedEngine(options.Embedded),
        _ => services.AddMemoryEngine(options.Settings.Memory, options.DataFolder),
    };
}
