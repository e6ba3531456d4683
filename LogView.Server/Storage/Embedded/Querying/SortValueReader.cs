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
        for (int i = 0; i < _batch.Count; i++)
        {
            FieldValue value = column.ValueAt(_batch, i);
            int row = _batch.Rows[i];
            Values[row] = Values[row].Kind == FieldValueKind.Null
                ? EventOrder.Best([value], sort.Order)
                : EventOrder.Best([Values[row], value], sort.Order);
        }
    }
}
