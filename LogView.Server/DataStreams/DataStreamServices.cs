using LogView.Client.Contracts.DataStreams;

namespace LogView.Server.DataStreams;

public static class DataStreamServices
{
    /// <summary>Adds <see cref="IDataStreamAdministration"/>. Needs the event store, its retention, the log and the indexer.</summary>
    public static IServiceCollection AddDataStreams(this IServiceCollection services) =>
        services.AddSingleton<IDataStreamAdministration, DataStreamAdministration>();
}
