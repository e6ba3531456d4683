using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage.Aggregations;
using LogView.Server.Storage.Embedded.Columns;
using LogView.Server.Storage.Embedded.Segments;

namespace LogView.Server.Storage.Embedded.Querying;

/// <summary>What the events of a segment are sorted by in one field, for a run of events at a time.</summary>
internal sealed class SortValueReader(SegmentView segment, SortField sort)
{
    private readonly FieldColumns _columns = segment.Columns(sort.Field);
    private readonly FieldReader _field = new(sort.Field);
    private readonly ValueBatch _batch = new();

    /// <summary>By coded column its values by code, as far as they were read.</summary>
    private readonly Dictionary<CodedColumn, FieldValue[]> _ofCodes = [];

    /// <summary>One per event of the run.</summary>
    public FieldValue[] Values { get; private set; } = [];

    public void Read(ReadOnlySpan<int> docs)
    {
        if (Values.Length < docs.Length)
        {
            Values = new FieldValue[docs.Length];
        }

        Array.Clear(Values);
        if (FieldDates.IsTimestamp(sort.Field))
        {
            for (int i = 0; i < docs.Length; i++)
            {
                Values[i] = FieldValue.Of(segment.TimeOf(docs[i]));
            }
        }
        else if (_columns.Text is not null)
        {
            // Words are indexed, not whole texts: only the events themselves have them.
            for (int i = 0; i < docs.Length; i++)
            {
                Values[i] = EventOrder.Best(_field.Values(segment.Load(docs[i])), sort.Order);
            }
        }
        else
        {
            foreach (ValueColumn column in _columns.Values)
            {
                ReadColumn(column, docs);
            }
        }
    }

    private void ReadColumn(ValueColumn column, ReadOnlySpan<int> docs)
    {
        column.Gather(docs, _batch);
        FieldValue[]? known = null;
        if (column is CodedColumn coded && !_ofCodes.TryGetValue(coded, out known))
        {
            _ofCodes[coded] = known = new FieldValue[coded.CodeCount];
        }

        for (int i = 0; i < _batch.Count; i++)
        {
            FieldValue value = known is null ? column.ValueAt(_batch, i) : OfCode((CodedColumn)column, known, _batch.Codes[i]);
            ref FieldValue best = ref Values[_batch.Rows[i]];
            best = EventOrder.Better(best, value, sort.Order);
        }
    }

    private static FieldValue OfCode(CodedColumn column, FieldValue[] known, int code)
    {
        if (known[code].Kind == FieldValueKind.Null)
        {
            known[code] = column.ValueOf(code);
        }

        return known[code];
    }
}
