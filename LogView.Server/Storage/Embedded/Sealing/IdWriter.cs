using LogView.Server.Storage.Embedded.Format;
using LogView.Server.Storage.Embedded.Heads;
using LogView.Server.Storage.Embedded.Terms;

namespace LogView.Server.Storage.Embedded.Sealing;

/// <summary>
/// Writes the ids of a segment: those LogView made as packed numbers in the order of the events, all others as sorted texts with a filter.
/// </summary>
internal static class IdWriter
{
    public static void Write(ByteWriter writer, Head head, EventOrderMap order)
    {
        var high = new long[order.Count];
        var low = new long[order.Count];
        var others = new List<int>();
        UInt128 first = UInt128.MaxValue, last = UInt128.MinValue, previous = 0;
        for (int i = 0; i < order.Count; i++)
        {
            int doc = order.FromSorted[i];
            if (head.Ids.TryMade(doc, out UInt128 id))
            {
                first = UInt128.Min(first, id);
                last = UInt128.Max(last, id);
                previous = id;
            }
            else
            {
                others.Add(i);
            }

            high[i] = (long)(ulong)(previous >> 64);
            low[i] = (long)(ulong)previous;
        }

        writer.Int64((long)(ulong)(first >> 64));
        writer.Int64((long)(ulong)first);
        writer.Int64((long)(ulong)(last >> 64));
        writer.Int64((long)(ulong)last);
        WriteNumbers(writer, high);
        WriteNumbers(writer, low);
        WriteOthers(writer, head, order, others);
    }

    private static void WriteNumbers(ByteWriter writer, long[] numbers)
    {
        var packed = new ByteWriter(numbers.Length * 2 + 64);
        PackedIntsWriter.Write(packed, numbers);
        writer.UInt32((uint)packed.Length);
        writer.Bytes(packed.Written);
        packed.Recycle();
    }

    private static void WriteOthers(ByteWriter writer, Head head, EventOrderMap order, List<int> docs)
    {
        var terms = new HeadTerms();
        foreach (int doc in docs)
        {
            terms.Add(head.Ids.TextOf(order.FromSorted[doc]));
        }

        int[] sorted = SortedTermsWriter.Order(terms, terms.Count);
        var termOf = new int[sorted.Length];
        for (int i = 0; i < sorted.Length; i++)
        {
            termOf[sorted[i]] = i;
        }

        writer.UInt32((uint)docs.Count);
        docs.ForEach(doc => writer.UInt32((uint)doc));
        foreach (int term in termOf)
        {
            writer.UInt32((uint)term);
        }

        foreach (int entry in sorted)
        {
            writer.UInt32((uint)docs[entry]);
        }

        foreach (int doc in docs)
        {
            writer.Byte(head.IsIdGiven(order.FromSorted[doc]) ? (byte)1 : (byte)0);
        }

        byte[] filter = IdFilter.Make(docs.Select(doc => IdFilter.Hash(head.Ids.TextOf(order.FromSorted[doc]))), docs.Count);
        writer.UInt32((uint)filter.Length);
        writer.Bytes(filter);
        SortedTermsWriter.Write(writer, terms, sorted);
    }
}
