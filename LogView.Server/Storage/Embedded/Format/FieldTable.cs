using System.Runtime.InteropServices;
using System.Text;

namespace LogView.Server.Storage.Embedded.Format;

/// <summary>Collects the columns of a segment in ascending order of field name and kind.</summary>
internal sealed class FieldTableWriter
{
    private readonly ByteWriter _entries = new(4096);
    private readonly ByteWriter _starts = new(1024);
    private int _count;

    public void Add(ReadOnlySpan<byte> name, ColumnKind kind, Extent extent)
    {
        _count++;
        _starts.UInt32((uint)_entries.Length);
        _entries.Text(name);
        _entries.Byte((byte)kind);
        _entries.Int64(extent.Offset);
        _entries.UInt32((uint)extent.Length);
        _entries.UInt32(extent.Crc);
    }

    public byte[] ToBytes()
    {
        var writer = new ByteWriter(_entries.Length + _starts.Length + 4);
        writer.UInt32((uint)_count);
        writer.Bytes(_starts.Written);
        writer.Bytes(_entries.Written);
        return writer.Written.ToArray();
    }
}

/// <summary>Finds columns by field name without holding the names in memory: segments with ten thousand fields stay cheap.</summary>
internal readonly ref struct FieldTable
{
    private readonly ReadOnlySpan<byte> _starts;
    private readonly ReadOnlySpan<byte> _entries;

    public FieldTable(ReadOnlySpan<byte> bytes)
    {
        var cursor = new ByteCursor(bytes);
        Count = cursor.Int32();
        _starts = cursor.Take(checked(Count * sizeof(uint)));
        _entries = bytes[cursor.Position..];
    }

    public int Count { get; }

    public (string Name, ColumnKind Kind, Extent Extent) this[int index]
    {
        get
        {
            ByteCursor cursor = At(index);
            return (Encoding.UTF8.GetString(cursor.Text()), (ColumnKind)cursor.Byte(), new Extent(cursor.Int64(), cursor.Int32(), cursor.UInt32()));
        }
    }

    /// <summary>The first column of the field and how many it has.</summary>
    public (int First, int Count) Find(string field)
    {
        byte[] name = Encoding.UTF8.GetBytes(field);
        int low = 0, high = Count;
        while (low < high)
        {
            int middle = (int)((uint)(low + high) >> 1);
            if (NameAt(middle).SequenceCompareTo(name) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        int count = 0;
        while (low + count < Count && NameAt(low + count).SequenceEqual(name))
        {
            count++;
        }

        return (low, count);
    }

    private ReadOnlySpan<byte> NameAt(int index)
    {
        ByteCursor cursor = At(index);
        return cursor.Text();
    }

    private ByteCursor At(int index) => new(_entries, MemoryMarshal.Read<int>(_starts[(index * sizeof(uint))..]));
}

/// <summary>Order of byte strings, as UTF-8 sorts by code point.</summary>
internal sealed class ByteOrder : IComparer<byte[]>
{
    public static readonly ByteOrder Instance = new();

    public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
}
