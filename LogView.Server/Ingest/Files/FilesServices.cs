using LogView.Server.Ingest.Files.Watching;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LogView.Server.Ingest.Files;

public static class FilesServices
{
    /// <summary>Follows files. Needs <see cref="Pipeline.IEventSink"/>; the sources must have no <see cref="FileSourceValidator.Problems"/>.</summary>
    public static IServiceCollection AddFiles(this IServiceCollection services, FilesOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<ChangeSet>();
        services.AddSingleton<FileSources>();
        services.AddSingleton<IFileSources>(s => s.GetRequiredService<FileSources>());
        services.AddHostedService<FilesReceiver>();
        return services;
    }
}
