using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Health;
using LogView.Client.Contracts.Setup;
using LogView.Server.Accounts;
using LogView.Server.Accounts.Access;
using LogView.Server.Hosting.Health;
using LogView.Server.Hosting.Options;
using LogView.Server.Hosting.Setup;
using LogView.Server.Hosting.Starting;
using LogView.Server.Hosting.Web;
using LogView.Server.Platform;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Metrics;

namespace LogView.Server.Hosting;

/// <summary>The web host itself: where it listens, what it logs, how it stops, what every request passes.</summary>
public static class HostingServices
{
    /// <summary>Streams and tails get this long to end; together with the flush of what was accepted it stays below the promised 10 s.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(6);

    /// <summary>A builder that takes nothing from ASPNETCORE_… variables or appsettings.json: LogView's options are all there is.</summary>
    public static WebApplicationBuilder CreateBuilder(LogViewOptions options)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(HostingServices).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(AssetDelivery.Settings);
        builder.WebHost.UseKestrel(k => k.Listen(options));
        builder.WebHost.UseStaticWebAssets();
        return builder;
    }

    public static IServiceCollection AddHosting(this IServiceCollection services, LogViewOptions options, StandardStreams streams)
    {
        services.AddSingleton(options);
        services.AddSingleton(streams);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<BoundAddresses>();
        services.AddHostedService<ReadyLine>();
        services.AddSingleton<IFirstRun, FirstRun>();
        services.Configure<HostOptions>(o => o.ShutdownTimeout = ShutdownTimeout);
        services.AddLogging(logging => AddOwnLogging(logging, options));
        services.AddResponseCompression(o => o.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "application/x-ndjson", "application/problem+json", "image/svg+xml"]);
        services.AddProblemDetails();
        services.AddSingleton<CaughtUpCheck>();
        services.AddSingleton<ServerHealth>();
        services.AddSingleton<IServerHealth>(p => p.GetRequiredService<ServerHealth>());
        services.AddHostedService<HealthMetrics>();
        services.AddHealthChecks().AddCheck<CaughtUpCheck>("caught up");
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(SelfMetrics.MeterName).AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddPrometheusExporter());
        return services;
    }

    /// <summary>What every request passes before its endpoint, outermost first.</summary>
    public static void UseHosting(this WebApplication app, LogViewOptions options)
    {
        app.UseElasticPort();
        app.UseSecurityHeaders();
        app.UseHostCheck(options);
        app.UseAssetDelivery();
        app.UseResponseCompression();
        app.UseFailurePages();
        app.UseRequestLocalization();
        app.UseRouting();
        app.UseWrongMethod();
    }

    public static void MapHosting(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/live", new() { Predicate = _ => false }).AllowAnonymous();
        endpoints.MapHealthChecks("/health/ready").AllowAnonymous();
        endpoints.MapHealthDetails();
        endpoints.MapPrometheusScrapingEndpoint("/metrics").RequireRight(Rights.Search).WithMetadata(new OpenToThisMachine());
    }

    /// <summary>All of it on standard error: standard output belongs to the ready line.</summary>
    private static void AddOwnLogging(ILoggingBuilder logging, LogViewOptions options)
    {
        logging.ClearProviders();
        logging.Configure(o => o.ActivityTrackingOptions = ActivityTrackingOptions.None);
        logging.SetMinimumLevel(options.Settings.Log.Level);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // The keys of cookies lie in a folder that only the owner can read; there is nothing better to encrypt them with on every system.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // Every wrong key would be a line of its own; the answer says it to the one who sent it.
        logging.AddFilter(typeof(KeyAuthentication).FullName, LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);
        logging.AddSimpleConsole(o =>
        {
            o.SingleLine = true;
            o.UseUtcTimestamp = true;
            o.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            o.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
