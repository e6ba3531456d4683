using System.Net;
using System.Net.Sockets;
using LogView.Server.Hosting.Options;

namespace LogView.Server.Hosting.Starting;

/// <param name="Options">The options to start with: without the Elasticsearch-compatible port when its default is taken.</param>
/// <param name="Error">Why LogView does not start; null: it does.</param>
public sealed record PortsResult(LogViewOptions Options, string? Error);

/// <summary>Looks whether the wanted ports are free before anything is built, so that the answer is a sentence.</summary>
public static class Ports
{
    public static PortsResult Check(LogViewOptions options)
    {
        foreach (ListenAddress address in options.Addresses)
        {
            if (Problem(address) is { } problem)
            {
                return new PortsResult(options, $"{address} cannot be listened on ({problem}): choose another with --urls");
            }
        }

        if (options.ElasticPort is not > 0)
        {
            return new PortsResult(options, null);
        }

        ListenAddress elastic = options.Addresses[0].WithPort(options.ElasticPort.Value);
        string? taken = Problem(elastic);
        return taken switch
        {
            null => new PortsResult(options, null),
            _ when options.IsElasticPortGiven => new PortsResult(options, $"the Elasticsearch-compatible port {elastic} cannot be listened on ({taken}): choose another with --elastic-port, or 0 for none"),
            _ => new PortsResult(options with
            {
                ElasticPort = null,
                Remarks = [.. options.Remarks, $"The Elasticsearch-compatible port {elastic} cannot be listened on ({taken}): going on without it, its endpoints are at {options.Addresses[0]}/elastic/"],
            }, null),
        };
    }

    private static string? Problem(ListenAddress address)
    {
        if (address.Port == 0)
        {
            return null;
        }

        try
        {
            using TcpListener probe = new(address.Ip ?? IPAddress.Loopback, address.Port);
            if (address.Ip?.Equals(IPAddress.IPv6Any) == true)
            {
                probe.Server.DualMode = true;
            }

            probe.Start();
            return null;
        }
        catch (SocketException e)
        {
            return e.Message;
        }
    }
}
