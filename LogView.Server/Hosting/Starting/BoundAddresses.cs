using LogView.Server.Hosting.Options;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace LogView.Server.Hosting.Starting;

/// <summary>What is really listened on, ports filled in. Known once the server has started.</summary>
public sealed class BoundAddresses(IServer server, LogViewOptions options)
{
    /// <summary>Page, API and hub, as <c>http://127.0.0.1:5700</c>.</summary>
    public string Main => All()[0];

    /// <summary>The Elasticsearch-compatible port; null when there is none.</summary>
    public string? Elastic => options.ElasticPort is null ? null : All()[options.Addresses.Count];

    /// <summary><see cref="Main"/> as somebody on this machine opens it: all addresses become loopback.</summary>
    public string Link => options.Addresses[0].IsAny ? $"http://127.0.0.1:{new Uri(Main).Port}" : Main;

    // Kestrel adds addresses in the order of the Listen calls.
    private List<string> All() => [.. server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses];
}
