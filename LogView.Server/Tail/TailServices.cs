using System.Text.Json.Serialization;
using LogView.Client.Contracts.Accounts;
using LogView.Server.Accounts;
using LogView.Server.Storage;
using LogView.Server.Tail.Others;
using Microsoft.AspNetCore.SignalR;

namespace LogView.Server.Tail;

/// <summary>Wiring of the live tail. Needs <c>IWriteAheadLog</c>, <c>IEventStore</c>, <c>ISearchService</c> and a <see cref="TimeProvider"/>.</summary>
public static class TailServices
{
    public static IServiceCollection AddTail(this IServiceCollection services, TailOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<TailBroker>();
        services.AddSingleton<TailBackfill>();
        services.AddSingleton<TailAdmission>();
        services.AddSingleton<TailSessions>();
        services.AddSingleton(p => new OtherTails(
            p.GetRequiredService<IEventStore>().Others, options, p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<OtherTails>>()));
        services.AddHostedService<TailBrokerService>();
        services.AddSignalR()
            .AddHubOptions<TailHub>(Configure)
            .AddJsonProtocol(o => o.PayloadSerializerOptions.Converters.Add(new JsonStringEnumConverter()))
            .AddMessagePackProtocol();
        return services;
    }

    public static IEndpointRouteBuilder MapTail(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHub<TailHub>(TailHub.Path).RequireRight(Rights.Search);
        return endpoints;
    }

    /// <summary>A dead connection is noticed within 10 s on either side; the client's own time-out matches (<c>TailClient</c>, <c>connection.js</c>).</summary>
    private static void Configure(HubOptions<TailHub> hub)
    {
        hub.KeepAliveInterval = TimeSpan.FromSeconds(3);
        hub.ClientTimeoutInterval = TimeSpan.FromSeconds(10);
        hub.HandshakeTimeout = TimeSpan.FromSeconds(5);
        hub.MaximumReceiveMessageSize = TailLimits.MaxReceiveBytes;
        hub.EnableDetailedErrors = false;
    }
}
