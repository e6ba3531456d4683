using System.Buffers;
using System.Buffers.Binary;

namespace LogView.Server.Storage.Embedded.Format;

/// <summary>
/// A growing buffer with the primitives of the segment format: little endian integers and LEB128 varints. A large one is recycled, so that its memory is
/// used again; what it handed out must not be used afterwards, nor after it grew. Not safe for concurrent use.
/// </summary>
internal sealed class ByteWriter(int capacity = 256)
{
    /// <summary>Smaller arrays are collected at little cost.</summary>
    private const int Pooled = 32 * 1024;

    private byte[] _bytes = Make(capacity);

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

    /// <summary>Gives the memory back; one that is forgotten is garbage like any other.</summary>
    public void Recycle()
    {
        Return(_bytes);
        (_bytes, Length) = ([], 0);
    }

    private static byte[] Make(int capacity) => capacity < Pooled ? new byte[capacity] : ArrayPool<byte>.Shared.Rent(capacity);

    private static void Return(byte[] bytes)
    {
        if (bytes.Length >= Pooled)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private void Ensure(int more)
    {
        if (_bytes.Length - Length < more)
        {
            Grow(Math.Max(checked(Length + more), (int)Math.Min(Array.MaxLength, _bytes.Length * 2L)));
        }
    }

    private void Grow(int capacity)
    {
        byte[] old = _bytes;
        _bytes = Make(capacity);
        old.AsSpan(0, Length).CopyTo(_bytes);
        Return(old);
    }
}
