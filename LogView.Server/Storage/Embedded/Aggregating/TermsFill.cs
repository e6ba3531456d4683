using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Aggregations;
using LogView.Server.Storage.Embedded.Columns;
using LogView.Server.Storage.Embedded.Documents;

namespace LogView.Server.Storage.Embedded.Aggregating;

/// <summary>Fills terms buckets: counting codes where that is enough.</summary>
internal sealed class TermsFill(SegmentAggregation run, PlannedAggregation planned)
{
    public void Fill(TermsAggregator terms, string field, DocSet docs)
    {
        FieldColumns columns = run.Segment.Columns(field);
        if (columns.Text is not null || FieldDates.IsTimestamp(field))
        {
            run.AddEvents(terms, docs);
        }
        else if (planned.Children.Count == 0 && columns.Values is [CodedColumn { IsSingle: true } only])
        {
            CountCodes(terms, only, docs);
        }
        else
        {
            var groups = new DocGroups<FieldValue>(v => FieldValueOrder.Canonical(v));
            groups.Add(columns, docs, run.CancellationToken);
            foreach ((FieldValue value, DocSet with) in groups.Groups.Where(g => terms.Includes(g.Key)))
            {
                run.FillBucket(terms.Bucket(value), planned, with);
            }
        }
    }

    private static void CountCodes(TermsAggregator terms, CodedColumn column, DocSet docs)
    {
        var counts = new int[column.CodeCount];
        column.CountCodes(docs, counts);
        for (int code = 0; code < counts.Length; code++)
        {
            if (counts[code] > 0 && column.ValueOf(code) is var value && terms.Includes(value))
            {
                terms.Bucket(value).Count += counts[code];
            }
        }
    }
}
