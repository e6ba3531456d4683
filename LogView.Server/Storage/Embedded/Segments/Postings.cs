using System.Runtime.InteropServices;
using LogView.Server.Storage.Embedded.Documents;
using LogView.Server.Storage.Embedded.Format;
using LogView.Server.Storage.Embedded.Terms;

namespace LogView.Server.Storage.Embedded.Segments;

/// <summary>Reads what <c>PostingsWriter</c> wrote.</summary>
internal readonly ref struct Postings
{
    private readonly ReadOnlySpan<byte> _blocks;
    private readonly ReadOnlySpan<byte> _entries;
    private readonly int _events;

    public Postings(ReadOnlySpan<byte> bytes, int events)
    {
        var cursor = new ByteCursor(bytes);
        int blocks = cursor.Int32(), entries = cursor.Int32();
        _blocks = cursor.Take(blocks * sizeof(uint));
        _entries = cursor.Take(entries);
        _events = events;
    }

    /// <summary>In how many events the word is, and its rank (0 for one event).</summary>
    public (int Frequency, int Rank) Describe(int term)
    {
        ByteCursor entry = Seek(term);
        ulong header = entry.VarUInt();
        int frequency = (int)(header >> 1);
        return (frequency, frequency > 1 ? entry.VarInt32() : 0);
    }

    public DocSet Read(int term)
    {
        ByteCursor entry = Seek(term);
        ulong header = entry.VarUInt();
        int frequency = (int)(header >> 1);
        switch (frequency)
        {
            case 0:
                return DocSet.None;
            case 1:
                return DocSet.OfList([entry.VarInt32()], 1);
        }

        entry.VarUInt();
        return (header & 1) != 0
            ? DocSet.OfBitmap(MemoryMarshal.Cast<byte, ulong>(entry.Take(BitmapBytes)).ToArray())
            : ReadList(entry.Text(), frequency);
    }

    /// <summary>Sets the bits of the word's events.</summary>
    public void AddTo(int term, ulong[] words)
    {
        ByteCursor entry = Seek(term);
        ulong header = entry.VarUInt();
        int frequency = (int)(header >> 1);
        if (frequency <= 1)
        {
            if (frequency == 1)
            {
                Bits.Set(words, entry.VarInt32());
            }

            return;
        }

        entry.VarUInt();
        if ((header & 1) != 0)
        {
            ReadOnlySpan<ulong> bitmap = MemoryMarshal.Cast<byte, ulong>(entry.Take(BitmapBytes));
            for (int i = 0; i < words.Length; i++)
            {
                words[i] |= bitmap[i];
            }

            return;
        }

        var list = new ByteCursor(entry.Text());
        for (int doc = 0, left = frequency; left > 0; left--)
        {
            doc += list.VarInt32();
            Bits.Set(words, doc);
        }
    }

    private int BitmapBytes => DocSet.WordsFor(_events) * sizeof(ulong);

    private static DocSet ReadList(ReadOnlySpan<byte> bytes, int frequency)
    {
        var docs = new int[frequency];
        int at = 0, doc = 0;
        for (int i = 0; i < docs.Length; i++)
        {
            int delta = bytes[at++];
            for (int shift = 7; delta >= 1 << shift; shift += 7)
            {
                delta = (delta & ((1 << shift) - 1)) | bytes[at++] << shift;
            }

            doc += delta;
            docs[i] = doc;
        }

        return DocSet.OfList(docs, frequency);
    }

    private ByteCursor Seek(int term)
    {
        int block = term / SortedTermsWriter.BlockSize;
        var cursor = new ByteCursor(_entries, MemoryMarshal.Read<int>(_blocks[(block * sizeof(uint))..]));
        for (int skip = term % SortedTermsWriter.BlockSize; skip > 0; skip--)
        {
            ulong header = cursor.VarUInt();
            if (header >> 1 == 0)
            {
                continue;
            }

            cursor.VarUInt();
            if (header >> 1 > 1)
            {
                cursor.Skip((header & 1) != 0 ? BitmapBytes : cursor.VarInt32());
            }
        }

        return cursor;
    }
}
