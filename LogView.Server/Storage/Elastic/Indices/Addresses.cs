using System.Buffers.Binary;
using System.Net;

namespace LogView.Server.Storage.Elastic.Indices;

/// <summary>Addresses in the form both sides read the same: IPv4 as four numbers, the rest as IPv6.</summary>
internal static class Addresses
{
    public static string Format(UInt128 address)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, address);
        IPAddress ip = new(bytes);
        return (ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip).ToString();
    }
}
