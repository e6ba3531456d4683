namespace LogView.Server.Ingest.Http;

public static class IngestHttpServices
{
    /// <summary>Adds the bounds that all receivers over HTTP hold.</summary>
    public static IServiceCollection AddIngestHttp(this IServiceCollection services, IngestLimits limits) => services.AddSingleton(limits);
}
