using LogView.Server.Storage;
using LogView.Server.Wal;

namespace LogView.Server.Indexing;

public static class IndexingServices
{
    /// <summary>Adds the indexer, <see cref="IIndexProgress"/> and <see cref="IKnownEvents"/>. Needs <see cref="IEventStore"/> and <see cref="IWriteAheadLog"/>.</summary>
    public static IServiceCollection AddIndexing(this IServiceCollection services)
    {
        services.AddSingleton(p => new IndexProgress(p.GetRequiredService<IEventStore>().DurableSequence, p.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IIndexProgress>(p => p.GetRequiredService<IndexProgress>());
        services.AddSingleton<IKnownEvents, KnownEvents>();
        services.AddSingleton<IngestRates>();
        services.AddHostedService<Indexer>();
        return services;
    }
}
