using LogView.Server.Hosting.Options;
using LogView.Server.Hosting.Web;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace LogView.Server.Hosting.Starting;

/// <summary>Tells Kestrel where to listen: the addresses of <c>--urls</c> first, then the Elasticsearch-compatible port.</summary>
public static class Listening
{
    public static void Listen(this KestrelServerOptions kestrel, LogViewOptions options)
    {
        kestrel.AddServerHeader = false;
        foreach (ListenAddress address in options.Addresses)
        {
            Listen(kestrel, address, _ => { });
        }

        if (options.ElasticPort is { } port)
        {
            Listen(kestrel, options.Addresses[0].WithPort(port), listen => listen.UseElasticPort());
        }
    }

    private static void Listen(KestrelServerOptions kestrel, ListenAddress address, Action<ListenOptions> configure)
    {
        if (address.Ip is null && address.Port > 0)
        {
            kestrel.ListenLocalhost(address.Port, configure);
        }
        else
        {
            kestrel.Listen(address.Ip ?? System.Net.IPAddress.Loopback, address.Port, configure);
        }
    }
}
