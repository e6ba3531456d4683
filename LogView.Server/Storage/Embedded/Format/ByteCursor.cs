using System.Buffers.Binary;

namespace LogView.Server.Storage.Embedded.Format;

/// <summary>Reads what <see cref="ByteWriter"/> wrote. Reading past the end throws <see cref="DamagedFileException"/>.</summary>
internal ref struct ByteCursor(ReadOnlySpan<byte> bytes, int position = 0)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; } = position;

    public readonly bool AtEnd => Position >= _bytes.Length;

    public byte Byte() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort)));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public ulong VarUInt()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if ((uint)Position >= (uint)_bytes.Length)
            {
                break;
            }

            byte b = _bytes[Position++];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                return value;
            }
        }

        throw new DamagedFileException("a varint does not end");
    }

    public int VarInt32()
    {
        ulong value = VarUInt();
        return value <= int.MaxValue ? (int)value : throw new DamagedFileException("a length is out of range");
    }

    public long ZigZag()
    {
        ulong value = VarUInt();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public ReadOnlySpan<byte> Text() => Take(VarInt32());

    public ReadOnlySpan<byte> Take(int length)
    {
        if ((uint)length > (uint)(_bytes.Length - Position))
        {
            throw new DamagedFileException("a value reaches past its section");
        }

        ReadOnlySpan<byte> taken = _bytes.Slice(Position, length);
        Position += length;
        return taken;
    }

    public void Skip(int length) => Take(length);
}
