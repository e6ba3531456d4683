using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Embedded.Documents;

namespace LogView.Server.Storage.Embedded.Columns;

/// <summary>A column whose entries are codes of distinct values. In a sealed segment codes ascend with the values.</summary>
internal abstract class CodedColumn : ValueColumn
{
    /// <summary>Events looked up one by one instead of by a scan over all codes.</summary>
    private const int FewDocs = 512;

    private const int RowsPerCheck = 16_384;
    private const int CountedAtOnce = 1_024;

    /// <summary>Distinct values; codes of values are 0 up to this, also for <see cref="ColumnLayout.Optional"/> (see <see cref="Gather"/>).</summary>
    public abstract int CodeCount { get; }

    /// <summary>As stored: shifted by one in an <see cref="ColumnLayout.Optional"/> column.</summary>
    protected abstract CodeSpan Stored { get; }

    private int Shift => Layout == ColumnLayout.Optional ? 1 : 0;

    public abstract FieldValue ValueOf(int code);

    /// <summary>Codes of the values that pass: either a range <c>[First, End)</c> or marks.</summary>
    protected abstract CodeSelection Select(ValueCondition test, CancellationToken cancellationToken);

    public override FieldValue ValueAt(ValueBatch batch, int index) => ValueOf(batch.Codes[index]);

    public override DocSet Exists(int events) => Layout switch
    {
        ColumnLayout.Full => DocSet.Range(0, events),
        ColumnLayout.Listed => DistinctDocs(),
        _ => DocSet.OfBitmap(CodeScan.InRange(Stored, 1, CodeCount)),
    };

    public override DocSet Match(ValueCondition test, DocSet within, int events, CancellationToken cancellationToken)
    {
        if (within.IsEmpty)
        {
            return within;
        }

        CodeSelection selection = Select(test, cancellationToken);
        if (selection.IsEmpty)
        {
            return DocSet.None;
        }

        if (selection.IsAll(CodeCount))
        {
            return DocSets.And(Exists(events), within);
        }

        return within.Count <= FewDocs ? MatchFew(selection, within) : DocSets.And(MatchAll(selection), within);
    }

    /// <summary>The events whose value has one of the codes <c>[first, end)</c>.</summary>
    public DocSet WithCodes(int first, int end) => MatchAll(CodeSelection.Range(first, end));

    public override void Gather(ReadOnlySpan<int> docs, ValueBatch into)
    {
        into.Clear();
        into.Ensure(docs.Length);
        CodeSpan codes = Stored;
        if (Layout == ColumnLayout.Listed)
        {
            GatherListed(docs, codes, into);
            return;
        }

        int count = 0, shift = Shift;
        int[] rows = into.Rows, found = into.Codes;
        for (int i = 0; i < docs.Length; i++)
        {
            int code = codes[docs[i]] - shift;
            rows[count] = i;
            found[count] = code;
            count += code >= 0 ? 1 : 0;
        }

        into.SetCount(count);
    }

    /// <summary>Adds to each code how many of the events have it. Only for columns with at most one value per event.</summary>
    public void CountCodes(DocSet docs, int[] counts)
    {
        CodeSpan codes = Stored;
        if (docs.IsRange && Layout != ColumnLayout.Listed && codes.Width == 1 && Layout == ColumnLayout.Full)
        {
            CodeScan.Count(codes.Bytes[docs.From..docs.To], counts);
            return;
        }

        var walk = new DocWalk(docs);
        var batch = new ValueBatch();
        Span<int> run = stackalloc int[CountedAtOnce];
        for (int taken = walk.Next(run); taken > 0; taken = walk.Next(run))
        {
            Gather(run[..taken], batch);
            foreach (int code in batch.Codes.AsSpan(0, batch.Count))
            {
                counts[code]++;
            }
        }
    }

    private void GatherListed(ReadOnlySpan<int> docs, CodeSpan codes, ValueBatch into)
    {
        ReadOnlySpan<int> all = Docs;
        int entry = 0;
        for (int i = 0; i < docs.Length && entry < all.Length; i++)
        {
            entry = all[entry] < docs[i] ? Seek(all, entry, docs[i]) : entry;
            for (int at = entry; at < all.Length && all[at] == docs[i]; at++)
            {
                into.AddCode(i, codes[at]);
            }
        }
    }

    private DocSet MatchFew(CodeSelection selection, DocSet within)
    {
        int[] asked = within.ToArray();
        var batch = new ValueBatch();
        Gather(asked, batch);
        var docs = new int[Math.Min(batch.Count, asked.Length)];
        int count = 0;
        for (int i = 0; i < batch.Count; i++)
        {
            int doc = asked[batch.Rows[i]];
            if (selection.Has(batch.Codes[i]) && (count == 0 || docs[count - 1] != doc))
            {
                docs[count++] = doc;
            }
        }

        return DocSet.OfList(docs, count);
    }

    private DocSet MatchAll(CodeSelection selection)
    {
        ulong[] entries = selection.Marks is null
            ? CodeScan.InRange(Stored, selection.First + Shift, selection.End - 1 + Shift)
            : CodeScan.InSet(Stored, Shift == 0 ? selection.Marks : [false, .. selection.Marks]);
        return Layout == ColumnLayout.Listed ? DocsOf(entries) : DocSet.OfBitmap(entries);
    }

    /// <summary>Tries every distinct value.</summary>
    protected CodeSelection TryAll(ValueCondition test, int count, CancellationToken cancellationToken)
    {
        var marks = new bool[count];
        int passing = 0;
        for (int code = 0; code < count; code++)
        {
            if (code % RowsPerCheck == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            marks[code] = test.Passes(ValueOf(code));
            passing += marks[code] ? 1 : 0;
        }

        return CodeSelection.OfMarks(marks, passing);
    }
}

/// <summary>Which codes are wanted.</summary>
internal readonly record struct CodeSelection(int First, int End, bool[]? Marks)
{
    public static readonly CodeSelection None = new(0, 0, null);

    public bool IsEmpty => First >= End;

    public static CodeSelection Range(int first, int end) => new(first, end, null);

    /// <summary>A range when the marked codes are neighbours.</summary>
    public static CodeSelection OfMarks(bool[] marks, int passing)
    {
        if (passing == 0)
        {
            return None;
        }

        int first = Array.IndexOf(marks, true), end = Array.LastIndexOf(marks, true) + 1;
        return new CodeSelection(first, end, end - first == passing ? null : marks);
    }

    public bool IsAll(int codes) => Marks is null && First == 0 && End == codes;

    public bool Has(int code) => code >= First && code < End && (Marks is null || Marks[code]);
}
