using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace LogView.Server.Hosting.Options;

/// <summary>One address to listen on, such as <c>http://127.0.0.1:5700</c>.</summary>
/// <param name="Host">As written: an IP address, <c>localhost</c>, or <c>*</c> for all addresses.</param>
/// <param name="Ip">The address to bind; null for <c>localhost</c>, which is both loopback addresses.</param>
/// <param name="Port">0: any free port.</param>
public sealed record ListenAddress(string Host, IPAddress? Ip, int Port)
{
    public const int DefaultPort = 5700;
    private const string Scheme = "http://";
    private const string Expected = "expected http://ADDRESS:PORT with an IP address of this machine, localhost or *";

    public static readonly ListenAddress Default = new("127.0.0.1", IPAddress.Loopback, DefaultPort);

    public bool IsLoopback => Ip is null || IPAddress.IsLoopback(Ip);

    public bool IsAny => Ip is not null && (Ip.Equals(IPAddress.Any) || Ip.Equals(IPAddress.IPv6Any));

    public ListenAddress WithPort(int port) => this with { Port = port };

    public override string ToString() => $"{Scheme}{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}";

    public static bool TryParse(string text, [NotNullWhen(true)] out ListenAddress? address, [NotNullWhen(false)] out string? error)
    {
        address = null;
        if (text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            error = $"expected an address that starts with http://, found '{text}': put a proxy that speaks TLS in front";
            return false;
        }

        error = $"{Expected}, found '{text}'";
        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        string rest = text[Scheme.Length..].TrimEnd('/');
        (string host, string? portText) = Split(rest);
        int port = DefaultPort;
        if (portText is not null && !TryPort(portText, out port))
        {
            return false;
        }

        address = host.ToLowerInvariant() switch
        {
            "localhost" => port == 0 ? new ListenAddress("127.0.0.1", IPAddress.Loopback, port) : new ListenAddress("localhost", Ip: null, port),
            "*" or "+" => new ListenAddress("*", IPAddress.IPv6Any, port),
            _ => IPAddress.TryParse(host, out IPAddress? ip) ? new ListenAddress(ip.ToString(), ip, port) : null,
        };
        error = address is null ? error : null;
        return address is not null;
    }

    internal static bool TryPort(string text, out int port) =>
        int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out port)
        && port <= IPEndPoint.MaxPort;

    private static (string Host, string? Port) Split(string text)
    {
        int bracket = text.LastIndexOf(']');
        int colon = text.IndexOf(':', Math.Max(bracket, 0));
        string host = colon < 0 ? text : text[..colon];
        return (host.TrimStart('[').TrimEnd(']'), colon < 0 ? null : text[(colon + 1)..]);
    }
}
