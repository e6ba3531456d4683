using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Embedded.Columns;
using LogView.Server.Storage.Embedded.Documents;
using LogView.Server.Storage.Embedded.Format;
using LogView.Server.Storage.Embedded.Sealing;

namespace LogView.Server.Storage.Embedded.Segments;

/// <summary>A packed column of numbers of a sealed segment, read in place.</summary>
internal sealed class SealedNumberColumn : NumberColumn
{
    private readonly SegmentFile _file;
    private readonly Extent _extent;
    private readonly ColumnEncoding _encoding;
    private readonly double _divisor;
    private readonly int _docsAt;
    private readonly int _valuesAt;

    public SealedNumberColumn(SegmentFile file, Extent extent, FieldValueKind kind)
    {
        (_file, _extent, NumberKind) = (file, extent, kind);
        var cursor = new ByteCursor(file.Read(extent));
        _encoding = (ColumnEncoding)cursor.Byte();
        Layout = (ColumnLayout)cursor.Byte();
        int scale = cursor.Byte();
        if (_encoding is < ColumnEncoding.Integers or > ColumnEncoding.Bits || scale > NumberWriter.MaxScale)
        {
            throw file.Damaged($"unknown number encoding {_encoding} with scale {scale}");
        }

        _divisor = NumberWriter.PowerOfTen(scale);
        Entries = cursor.Int32();
        Bounds = new NumberSpan(BitConverter.Int64BitsToDouble(cursor.Int64()), BitConverter.Int64BitsToDouble(cursor.Int64()));
        _docsAt = cursor.Position;
        cursor.Skip(Layout switch
        {
            ColumnLayout.Listed => Entries * sizeof(int),
            ColumnLayout.Optional => DocSet.WordsFor(Entries) * sizeof(ulong),
            _ => 0,
        });
        _valuesAt = cursor.Position;
        if (Values.Count != Entries)
        {
            throw file.Damaged("a column has another number of values than entries");
        }
    }

    public override FieldValueKind NumberKind { get; }

    public override ColumnLayout Layout { get; }

    public override int Entries { get; }

    public override NumberSpan Bounds { get; }

    public override ReadOnlySpan<int> Docs => MemoryMarshal.Cast<byte, int>(Bytes[_docsAt.._valuesAt]);

    public override ReadOnlySpan<ulong> Present =>
        Layout == ColumnLayout.Optional ? MemoryMarshal.Cast<byte, ulong>(Bytes[_docsAt.._valuesAt]) : [];

    private ReadOnlySpan<byte> Bytes => _file.ReadUnverified(_extent.Offset, _extent.Length);

    private PackedInts Values => new(Bytes[_valuesAt..]);

    /// <summary>The entry of an event in a column with at most one per event; -1: none.</summary>
    public int EntryOf(int doc) => Layout switch
    {
        ColumnLayout.Full => doc,
        ColumnLayout.Optional => (Present[doc >> 6] >> (doc & 63) & 1) != 0 ? doc : -1,
        _ => Docs.BinarySearch(doc),
    };

    public override long RawOf(int entry) => ToRaw(Values[entry]);

    public override void ReadMany(ReadOnlySpan<int> entries, Span<long> into)
    {
        PackedInts values = Values;
        for (int i = 0; i < entries.Length; i++)
        {
            into[i] = ToRaw(values[entries[i]]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int ReadNumbers(int block, Span<double> into)
    {
        if (_encoding != ColumnEncoding.Decimals)
        {
            return base.ReadNumbers(block, into);
        }

        Span<long> scaled = stackalloc long[BlockSize];
        int count = Values.ReadBlock(block, scaled);
        double divisor = _divisor;
        for (int i = 0; i < count; i++)
        {
            into[i] = scaled[i] / divisor;
        }

        return count;
    }

    public override int ReadBlock(int block, Span<long> into)
    {
        int count = Values.ReadBlock(block, into);
        if (_encoding == ColumnEncoding.Decimals)
        {
            for (int i = 0; i < count; i++)
            {
                into[i] = ToRaw(into[i]);
            }
        }

        return count;
    }

    public override NumberSpan BlockBounds(int block)
    {
        if (_encoding == ColumnEncoding.Bits)
        {
            return Bounds;
        }

        PackedInts values = Values;
        return new NumberSpan(values.BlockMin(block) / _divisor, values.BlockMaxBound(block) / _divisor);
    }

    private long ToRaw(long value) => _encoding == ColumnEncoding.Decimals ? BitConverter.DoubleToInt64Bits(value / _divisor) : value;
}
