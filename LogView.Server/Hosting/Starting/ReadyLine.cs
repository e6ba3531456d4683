using LogView.Server.Accounts.SignIn;
using LogView.Server.Hosting.Options;

namespace LogView.Server.Hosting.Starting;

/// <summary>Prints <c>ready http://…</c> once everything serves, with the sign-in link on the line below.</summary>
public sealed partial class ReadyLine(
    StandardStreams streams, BoundAddresses addresses, SignInLinks links, LogViewOptions options, IHostApplicationLifetime lifetime, ILogger<ReadyLine> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Print);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Print()
    {
        foreach (string remark in options.Remarks)
        {
            LogRemark(remark);
        }

        links.Address = addresses.Link;
        streams.Output.WriteLine($"ready {addresses.Main}");
        streams.Output.WriteLine(SignInLinks.Link(addresses.Link, links.NewToken()));
        streams.Output.Flush();
        LogLink(SignInLinks.Lifetime.TotalHours);
        LogServing(addresses.Main, addresses.Elastic ?? "none", options.DataFolder);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Serving at {Main}, Elasticsearch-compatible port {Elastic}, data in {Data}")]
    private partial void LogServing(string main, string elastic, string data);

    [LoggerMessage(Level = LogLevel.Information, Message = "Open the link on standard output to sign in: it works once, for {Hours} hours. Another one: logview sign-in-link")]
    private partial void LogLink(double hours);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Remark}")]
    private partial void LogRemark(string remark);
}
