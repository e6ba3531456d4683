using System.Buffers.Binary;
using LogView.Server.Storage.Embedded.Format;

namespace LogView.Server.Storage.Embedded.Sources;

/// <summary>Numbers of any width up to 64 bits one after the other, the lowest bits first.</summary>
internal sealed class BitWriter
{
    private readonly ByteWriter _bytes = new(4096);
    private UInt128 _pending;
    private int _bits;

    public void Clear()
    {
        _bytes.Clear();
        (_pending, _bits) = (0, 0);
    }

    public void Write(ulong value, int width)
    {
        _pending |= (UInt128)value << _bits;
        _bits += width;
        if (_bits >= 64)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(_bytes.Reserve(sizeof(ulong)), (ulong)_pending);
            _pending >>= 64;
            _bits -= 64;
        }
    }

    /// <summary>All bits; the last byte is filled with zeros. Nothing may be written after.</summary>
    public ReadOnlySpan<byte> Finish()
    {
        for (; _bits > 0; _bits -= 8, _pending >>= 8)
        {
            _bytes.Byte((byte)_pending);
        }

        _bits = 0;
        return _bytes.Written;
    }
}

/// <summary>Reads what <see cref="BitWriter"/> wrote. The bytes are followed by <see cref="Padding"/> readable ones.</summary>
internal ref struct BitReader(ReadOnlySpan<byte> bytes, int position)
{
    public const int Padding = 16;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>In bits.</summary>
    public int Position { get; private set; } = position;

    public ulong Read(int width)
    {
        if (width == 0)
        {
            return 0;
        }

        int at = Position >> 3, shift = Position & 7;
        if (at + Padding > _bytes.Length)
        {
            throw new DamagedFileException("bits reach past their block");
        }

        ulong value = BinaryPrimitives.ReadUInt64LittleEndian(_bytes[at..]) >> shift;
        if (shift + width > 64)
        {
            value |= (ulong)_bytes[at + sizeof(ulong)] << (64 - shift);
        }

        Position += width;
        return width == 64 ? value : value & ((1UL << width) - 1);
    }

    public void Skip(int width) => Position += width;
}
