using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Embedded.Documents;

namespace LogView.Server.Storage.Embedded.Columns;

/// <summary>A column of longs or doubles with too many distinct values for codes; in heads also of booleans as 0 and 1.</summary>
internal abstract class NumberColumn : ValueColumn
{
    /// <summary>Entries decoded at once.</summary>
    public const int BlockSize = 128;

    private const int FewDocs = 512;
    private const int BlocksPerCheck = 128;

    public abstract FieldValueKind NumberKind { get; }

    public override FieldValueKind Kind => NumberKind;

    /// <summary>No value of the column is outside.</summary>
    public abstract NumberSpan Bounds { get; }

    /// <summary>The long itself or the bits of the double of one entry.</summary>
    public abstract long RawOf(int entry);

    /// <summary>The raw values of some entries.</summary>
    public abstract void ReadMany(ReadOnlySpan<int> entries, Span<long> into);

    /// <summary>The raw values of 128 entries from <paramref name="block"/> × 128 on; returns how many there are.</summary>
    public abstract int ReadBlock(int block, Span<long> into);

    /// <summary>The same as numbers. Not for booleans.</summary>
    public virtual int ReadNumbers(int block, Span<double> into)
    {
        Span<long> raw = stackalloc long[BlockSize];
        int count = ReadBlock(block, raw);
        for (int i = 0; i < count; i++)
        {
            into[i] = NumberOf(raw[i]);
        }

        return count;
    }

    /// <summary>Bounds of the values of one block; used to skip it.</summary>
    public abstract NumberSpan BlockBounds(int block);

    public double NumberOf(long raw) => NumberKind == FieldValueKind.Double ? BitConverter.Int64BitsToDouble(raw) : raw;

    public FieldValue ValueOf(long raw) => NumberKind switch
    {
        FieldValueKind.Long => FieldValue.Of(raw),
        FieldValueKind.Boolean => FieldValue.Of(raw != 0),
        _ => FieldValue.Of(BitConverter.Int64BitsToDouble(raw)),
    };

    public override FieldValue ValueAt(ValueBatch batch, int index) => ValueOf(batch.Raw[index]);

    /// <summary>A bit per event that has a value; of an <see cref="ColumnLayout.Optional"/> column.</summary>
    public virtual ReadOnlySpan<ulong> Present => [];

    public override DocSet Exists(int events) => Layout switch
    {
        ColumnLayout.Full => DocSet.Range(0, events),
        ColumnLayout.Optional => DocSet.OfBitmap(Present.ToArray()),
        _ => DistinctDocs(),
    };

    public override DocSet Match(ValueCondition test, DocSet within, int events, CancellationToken cancellationToken)
    {
        if (within.IsEmpty || NumberKind != FieldValueKind.Boolean && test.Numbers is { } span && (span.IsEmpty || span.High < Bounds.Low || span.Low > Bounds.High))
        {
            return DocSet.None;
        }

        if (within.Count <= FewDocs)
        {
            return MatchFew(test, within);
        }

        var entries = new ulong[DocSet.WordsFor(Entries)];
        Scan(test, within, entries, cancellationToken);
        ReadOnlySpan<ulong> present = Present;
        for (int i = 0; i < present.Length; i++)
        {
            entries[i] &= present[i];
        }

        return DocSets.And(Layout == ColumnLayout.Listed ? DocsOf(entries) : DocSet.OfBitmap(entries), within);
    }

    public override void Gather(ReadOnlySpan<int> docs, ValueBatch into)
    {
        into.Clear();
        into.Ensure(docs.Length);
        if (Layout != ColumnLayout.Listed)
        {
            GatherInPlace(docs, into);
            return;
        }

        ReadOnlySpan<int> all = Docs;
        int entry = 0;
        for (int i = 0; i < docs.Length && entry < all.Length; i++)
        {
            entry = all[entry] < docs[i] ? Seek(all, entry, docs[i]) : entry;
            for (int at = entry; at < all.Length && all[at] == docs[i]; at++)
            {
                into.AddRaw(i, RawOf(at));
            }
        }
    }

    /// <summary>Decodes whole blocks where the events are close together, single values where they are not.</summary>
    private void GatherInPlace(ReadOnlySpan<int> docs, ValueBatch into)
    {
        const int DenseEnough = BlockSize / 8;
        Span<long> block = stackalloc long[BlockSize];
        Span<long> decoded = stackalloc long[BlockSize];
        int[] rows = into.Rows;
        long[] raw = into.Raw;
        ReadOnlySpan<ulong> present = Present;
        int count = 0;
        for (int i = 0; i < docs.Length;)
        {
            int number = docs[i] / BlockSize, end = i + 1;
            for (int limit = (number + 1) * BlockSize; end < docs.Length && docs[end] < limit;)
            {
                end++;
            }

            ReadOnlySpan<int> near = docs[i..end];
            Span<long> values = block[..near.Length];
            if (near.Length >= DenseEnough)
            {
                ReadBlock(number, decoded);
                for (int k = 0; k < near.Length; k++)
                {
                    values[k] = decoded[near[k] % BlockSize];
                }
            }
            else
            {
                ReadMany(near, values);
            }

            for (int k = 0; k < near.Length; k++, i++)
            {
                rows[count] = i;
                raw[count] = values[k];
                count += present.IsEmpty || (present[docs[i] >> 6] >> (docs[i] & 63) & 1) != 0 ? 1 : 0;
            }
        }

        into.SetCount(count);
    }

    private void Scan(ValueCondition test, DocSet within, ulong[] entries, CancellationToken cancellationToken)
    {
        Span<long> raw = stackalloc long[BlockSize];
        bool full = Layout != ColumnLayout.Listed;
        int first = full ? within.From / BlockSize : 0;
        int last = full ? Math.Min(Entries, within.To) : Entries;
        for (int block = first; block * BlockSize < last; block++)
        {
            if (block % BlocksPerCheck == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (NumberKind != FieldValueKind.Boolean && test.Numbers is { } span && BlockBounds(block) is var bounds && (span.High < bounds.Low || span.Low > bounds.High))
            {
                continue;
            }

            int count = ReadBlock(block, raw);
            for (int i = 0; i < count; i++)
            {
                int entry = block * BlockSize + i;
                entries[entry >> 6] |= Passes(test, raw[i]) ? 1UL << (entry & 63) : 0;
            }
        }
    }

    private bool Passes(ValueCondition test, long raw) => test.Numbers is { } span && NumberKind != FieldValueKind.Boolean ? span.Contains(NumberOf(raw)) : test.Passes(ValueOf(raw));

    private DocSet MatchFew(ValueCondition test, DocSet within)
    {
        int[] asked = within.ToArray();
        var batch = new ValueBatch();
        Gather(asked, batch);
        var docs = new int[asked.Length];
        int count = 0;
        for (int i = 0; i < batch.Count; i++)
        {
            int doc = asked[batch.Rows[i]];
            if ((count == 0 || docs[count - 1] != doc) && Passes(test, batch.Raw[i]))
            {
                docs[count++] = doc;
            }
        }

        return DocSet.OfList(docs, count);
    }
}
