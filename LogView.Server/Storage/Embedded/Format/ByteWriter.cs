using System.Buffers.Binary;

namespace LogView.Server.Storage.Embedded.Format;

/// <summary>A growing buffer with the primitives of the segment format: little endian integers and LEB128 varints. Not safe for concurrent use.</summary>
internal sealed class ByteWriter(int capacity = 256)
{
    private byte[] _bytes = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    public void Clear() => Length = 0;

    public void Byte(byte value)
    {
        Ensure(1);
        _bytes[Length++] = value;
    }

    public void UInt16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Reserve(sizeof(ushort)), value);

    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Reserve(sizeof(uint)), value);

    public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Reserve(sizeof(long)), value);

    public void VarUInt(ulong value)
    {
        Ensure(10);
        while (value >= 0x80)
        {
            _bytes[Length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _bytes[Length++] = (byte)value;
    }

    public void VarUInt(int value) => VarUInt((ulong)(uint)value);

    /// <summary>A signed integer: small magnitudes take few bytes.</summary>
    public void ZigZag(long value) => VarUInt((ulong)((value << 1) ^ (value >> 63)));

    public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    /// <summary>Length as varint, then the bytes.</summary>
    public void Text(ReadOnlySpan<byte> bytes)
    {
        VarUInt(bytes.Length);
        Bytes(bytes);
    }

    /// <summary>Space for <paramref name="length"/> bytes that the caller fills at once.</summary>
    public Span<byte> Reserve(int length)
    {
        Ensure(length);
        Span<byte> span = _bytes.AsSpan(Length, length);
        Length += length;
        return span;
    }

    /// <summary>Takes back the last bytes.</summary>
    public void Trim(int length) => Length -= length;

    /// <summary>Puts an integer into a place reserved before.</summary>
    public void PatchUInt32(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(at), value);

    /// <summary>Puts bytes into a place reserved before.</summary>
    public void Overwrite(int at, ReadOnlySpan<byte> bytes) => bytes.CopyTo(_bytes.AsSpan(at, Length - at));

    private void Ensure(int more)
    {
        if (_bytes.Length - Length < more)
        {
            Array.Resize(ref _bytes, Math.Max(checked(Length + more), (int)Math.Min(Array.MaxLength, _bytes.Length * 2L)));
        }
    }
}
