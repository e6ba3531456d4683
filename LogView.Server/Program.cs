using LogView.Client.Contracts.Accounts;
using LogView.Client.Layout;
using LogView.Server.Accounts;
using LogView.Server.Api;
using LogView.Server.Demo;
using LogView.Server.Hosting;
using LogView.Server.Hosting.Options;
using LogView.Server.Hosting.Starting;
using LogView.Server.Indexing;
using LogView.Server.Ingest.ElasticBulk;
using LogView.Server.Ingest.Files;
using LogView.Server.Ingest.Http;
using LogView.Server.Ingest.Ndjson;
using LogView.Server.Ingest.Pipeline;
using LogView.Server.Platform;
using LogView.Server.Search;
using LogView.Server.Tail;
using LogView.Server.Wal;

namespace LogView.Server;

/// <summary>The composition root: what LogView is made of, in the order of the flow.</summary>
public static class Program
{
    public static Task<int> Main(string[] args) =>
        Starter.RunAsync(args, OptionValues.FromProcess(), StandardStreams.OfProcess(), (options, streams) => Build(options, streams));

    /// <param name="replace">Last word on the services, for tests: a clock, a log, an endpoint.</param>
    public static WebApplication Build(LogViewOptions options, StandardStreams streams, Action<IServiceCollection>? replace = null)
    {
        WebApplicationBuilder builder = HostingServices.CreateBuilder(options);
        builder.Services.AddHosting(options, streams);
        builder.Services.AddAccounts(options.Accounts);
        builder.Services.AddIngestHttp(options.Settings.Ingest);
        builder.Services.AddFiles(options.Files);
        builder.Services.AddPipeline(options.Settings.Pipeline);
        builder.Services.AddWal(options.Wal);
        builder.Services.AddEngine(options);
        builder.Services.AddIndexing();
        builder.Services.AddSearch();
        builder.Services.AddTail(options.Settings.Tail);
        builder.Services.AddApi();
        builder.Services.AddDemo(options.Demo);
        builder.Services.AddUi();
        replace?.Invoke(builder.Services);

        WebApplication app = builder.Build();
        app.UseHosting(options);
        app.UseAccounts();
        app.MapHosting();
        app.MapAccounts();
        app.MapElasticBulk(ElasticPath.Prefix);
        app.MapNdjson();
        app.MapTail();
        app.MapApi();
        app.MapUi().RequireRight(Rights.Search);
        return app;
    }
}
