using LogView.Client.Contracts.Search;

namespace LogView.Server.Search;

public static class SearchServices
{
    /// <summary>Needs an event store, a write-ahead log and an index progress registered elsewhere.</summary>
    public static IServiceCollection AddSearch(this IServiceCollection services)
    {
        services.AddSingleton<ReadYourWrites>();
        services.AddSingleton<ISearchService, SearchService>();
        return services;
    }
}
