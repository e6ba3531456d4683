using System.Runtime.InteropServices;
using System.Text;
using LogView.Server.Storage.Embedded.Format;
using LogView.Server.Storage.Embedded.Sealing;
using LogView.Server.Storage.Embedded.Terms;

namespace LogView.Server.Storage.Embedded.Segments;

/// <summary>Reads what <see cref="IdWriter"/> wrote.</summary>
internal sealed class SealedIds
{
    /// <summary>After so many searches among the made ids an index in memory pays; before, a scan does.</summary>
    private const int ScansBeforeIndex = 8;

    private readonly SegmentFile _file;
    private readonly UInt128 _first;
    private readonly UInt128 _last;
    private readonly (int At, int Length) _high;
    private readonly (int At, int Length) _low;
    private readonly int _others;
    private readonly int _othersAt;
    private readonly int _filterAt;
    private readonly int _filterLength;
    private readonly int _termsAt;
    private int _scans;
    private WeakReference<Dictionary<UInt128, int>>? _index;

    public SealedIds(SegmentFile file)
    {
        _file = file;
        var cursor = new ByteCursor(Bytes);
        _first = new UInt128((ulong)cursor.Int64(), (ulong)cursor.Int64());
        _last = new UInt128((ulong)cursor.Int64(), (ulong)cursor.Int64());
        int length = cursor.Int32();
        _high = (cursor.Position, length);
        cursor.Skip(length);
        length = cursor.Int32();
        _low = (cursor.Position, length);
        cursor.Skip(length);
        _others = cursor.Int32();
        _othersAt = cursor.Position;
        cursor.Skip(checked(_others * (3 * sizeof(int) + 1)));
        _filterLength = cursor.Int32();
        _filterAt = cursor.Position;
        cursor.Skip(_filterLength);
        _termsAt = cursor.Position;
    }

    private ReadOnlySpan<byte> Bytes => _file.Read(SectionKind.Ids);

    private PackedInts High => new(Bytes.Slice(_high.At, _high.Length));

    private PackedInts Low => new(Bytes.Slice(_low.At, _low.Length));

    /// <summary>0 when there is none.</summary>
    public UInt128 LastMade => _last;

    public (EventId Id, bool IsGiven) Read(int doc)
    {
        int entry = Part(0).BinarySearch(doc);
        if (entry < 0)
        {
            return (new EventId(MadeId.Write(new UInt128((ulong)High[doc], (ulong)Low[doc]))), false);
        }

        var terms = new SortedTerms(Bytes[_termsAt..]);
        bool given = Bytes[_othersAt + 3 * _others * sizeof(int) + entry] != 0;
        return (new EventId(Encoding.UTF8.GetString(terms[Part(1)[entry]])), given);
    }

    /// <summary>The event with this id, or -1.</summary>
    public int Find(EventId id)
    {
        Span<byte> utf8 = stackalloc byte[EventId.MaxBytes];
        if (!Encoding.UTF8.TryGetBytes(id.Value, utf8, out int length))
        {
            return -1;
        }

        utf8 = utf8[..length];
        if (MadeId.TryRead(utf8, out UInt128 made) && made >= _first && made <= _last && FindMade(made) is >= 0 and var doc)
        {
            return doc;
        }

        if (_others == 0 || !IdFilter.MayContain(Bytes.Slice(_filterAt, _filterLength), IdFilter.Hash(utf8)))
        {
            return -1;
        }

        int term = new SortedTerms(Bytes[_termsAt..]).Find(utf8);
        return term < 0 ? -1 : Part(2)[term];
    }

    /// <summary>0: events ascending; 1: their terms; 2: the events of the terms.</summary>
    private ReadOnlySpan<int> Part(int part) =>
        MemoryMarshal.Cast<byte, int>(Bytes.Slice(_othersAt + part * _others * sizeof(int), _others * sizeof(int)));

    private int FindMade(UInt128 id)
    {
        int doc;
        if (_index?.TryGetTarget(out Dictionary<UInt128, int>? index) == true)
        {
            doc = index.GetValueOrDefault(id, -1);
        }
        else if (Interlocked.Increment(ref _scans) > ScansBeforeIndex)
        {
            doc = MakeIndex().GetValueOrDefault(id, -1);
        }
        else
        {
            doc = Scan(id);
        }

        return doc;
    }

    private int Scan(UInt128 id)
    {
        PackedInts high = High, low = Low;
        Span<long> block = stackalloc long[PackedIntsWriter.BlockSize];
        for (int b = 0; b < low.BlockCount; b++)
        {
            int count = low.ReadBlock(b, block);
            for (int i = 0; i < count; i++)
            {
                int doc = b * PackedIntsWriter.BlockSize + i;
                if (block[i] == (long)(ulong)id && high[doc] == (long)(ulong)(id >> 64) && Part(0).BinarySearch(doc) < 0)
                {
                    return doc;
                }
            }
        }

        return -1;
    }

    private Dictionary<UInt128, int> MakeIndex()
    {
        long[] high = High.ToArray(), low = Low.ToArray();
        var index = new Dictionary<UInt128, int>(high.Length);
        for (int doc = 0; doc < high.Length; doc++)
        {
            if (Part(0).BinarySearch(doc) < 0)
            {
                index[new UInt128((ulong)high[doc], (ulong)low[doc])] = doc;
            }
        }

        _index = new WeakReference<Dictionary<UInt128, int>>(index);
        return index;
    }
}
