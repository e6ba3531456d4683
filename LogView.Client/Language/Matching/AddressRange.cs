using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace LogView.Client.Language.Matching;

/// <summary>IP addresses from first to last. IPv4 counts as IPv6-mapped, so that both families have one order.</summary>
internal readonly record struct AddressRange(UInt128 First, UInt128 Last)
{
    private const int Bits = 128;
    private const int V4Bits = 32;

    /// <summary>An address or a CIDR block; null for any other text.</summary>
    public static AddressRange? Of(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (Parse(slash < 0 ? text : text.AsSpan(0, slash), out bool isV4) is not { } address)
        {
            return null;
        }

        if (slash < 0)
        {
            return new AddressRange(address, address);
        }

        int width = isV4 ? V4Bits : Bits;
        if (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int prefix) || prefix > width)
        {
            return null;
        }

        int free = width - prefix;
        UInt128 mask = free == Bits ? UInt128.MaxValue : (UInt128.One << free) - 1;
        return new AddressRange(address & ~mask, address | mask);
    }

    public bool Contains(string value) => Parse(value, out _) is { } address && address >= First && address <= Last;

    /// <summary>Null when the text is no address: four decimal numbers, or IPv6 with a colon.</summary>
    public static UInt128? Parse(ReadOnlySpan<char> text, out bool isV4)
    {
        isV4 = false;
        if (text.Length is < 2 or > 45 || !(char.IsAsciiHexDigit(text[0]) || text[0] == ':'))
        {
            return null;
        }

        if (ParseV4(text) is { } v4)
        {
            isV4 = true;
            return ((UInt128)0xFFFF << V4Bits) | v4;
        }

        bool isV6 = text.Contains(':') && IPAddress.TryParse(text, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetworkV6
            && address.ScopeId == 0;
        return isV6 ? ReadV6(text) : null;
    }

    private static UInt128 ReadV6(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[16];
        IPAddress.Parse(text).TryWriteBytes(bytes, out _);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private static uint? ParseV4(ReadOnlySpan<char> text)
    {
        uint address = 0, part = 0;
        int digits = 0, parts = 0;
        foreach (char c in text)
        {
            if (char.IsAsciiDigit(c) && digits < 3)
            {
                part = part * 10 + (uint)(c - '0');
                digits++;
            }
            else if (c == '.' && digits > 0 && part <= 255 && parts < 3)
            {
                address = (address << 8) | part;
                (part, digits, parts) = (0, 0, parts + 1);
            }
            else
            {
                return null;
            }
        }

        return parts == 3 && digits > 0 && part <= 255 ? (address << 8) | part : null;
    }
}
