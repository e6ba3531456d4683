using LogView.Server.Platform;

namespace LogView.Server.Wal;

public static class WalServices
{
    /// <summary>Adds <see cref="IWriteAheadLog"/>; opened when first asked for. Needs <see cref="IFileSystem"/>, <see cref="IKnownEvents"/> and <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddWal(this IServiceCollection services, WalOptions options)
    {
        services.AddSingleton<IWriteAheadLog>(p => new WriteAheadLog(
            p.GetRequiredService<IFileSystem>(), options, p.GetRequiredService<IKnownEvents>(), p.GetRequiredService<TimeProvider>(),
            p.GetRequiredService<ILogger<WriteAheadLog>>()));
        return services;
    }
}
