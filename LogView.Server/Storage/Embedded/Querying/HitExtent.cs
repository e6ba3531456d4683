using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Aggregations;
using LogView.Server.Storage.Embedded.Columns;
using LogView.Server.Storage.Embedded.Documents;
using LogView.Server.Storage.Embedded.Segments;

namespace LogView.Server.Storage.Embedded.Querying;

/// <summary>First and last instant of a date field among the hits.</summary>
internal static class HitExtent
{
    private const int ReadAtOnce = 1_024;

    public static (Timestamp First, Timestamp Last)? Of(string field, SegmentView[] segments, DocSet?[] matches, TimeZoneInfo zone)
    {
        var extent = new Extent();
        for (int i = 0; i < segments.Length; i++)
        {
            if (matches[i] is not { IsEmpty: false } docs)
            {
                continue;
            }

            if (FieldDates.IsTimestamp(field))
            {
                AddTimes(extent, segments[i], docs);
            }
            else
            {
                AddDates(extent, segments[i], docs, field, zone);
            }
        }

        return extent.IsEmpty ? null : (extent.First, extent.Last);
    }

    private static void AddTimes(Extent extent, SegmentView segment, DocSet docs)
    {
        if (segment.IsSorted)
        {
            extent.Add(new Timestamp(segment.TimeOf(docs.From)));
            extent.Add(new Timestamp(segment.TimeOf(docs.To - 1)));
            return;
        }

        foreach (int doc in docs.ToArray())
        {
            extent.Add(new Timestamp(segment.TimeOf(doc)));
        }
    }

    private static void AddDates(Extent extent, SegmentView segment, DocSet docs, string field, TimeZoneInfo zone)
    {
        FieldColumns columns = segment.Columns(field);
        if (columns.Text is not null)
        {
            foreach (Timestamp instant in docs.ToArray().SelectMany(doc => FieldDates.Of(segment.Load(doc), field, zone)))
            {
                extent.Add(instant);
            }

            return;
        }

        var batch = new ValueBatch();
        foreach (ValueColumn column in columns.Values.Where(c => c.Kind == FieldValueKind.String))
        {
            var walk = new DocWalk(docs);
            var run = new int[ReadAtOnce];
            for (int taken = walk.Next(run); taken > 0; taken = walk.Next(run))
            {
                column.Gather(run.AsSpan(0, taken), batch);
                for (int i = 0; i < batch.Count; i++)
                {
                    if (FieldDates.TryRead(column.ValueAt(batch, i), zone, out Timestamp instant))
                    {
                        extent.Add(instant);
                    }
                }
            }
        }
    }

    private sealed class Extent
    {
        public Timestamp First { get; private set; } = Timestamp.MaxValue;

        public Timestamp Last { get; private set; } = Timestamp.MinValue;

        public bool IsEmpty => First > Last;

        public void Add(Timestamp instant)
        {
            First = instant < First ? instant : First;
            Last = instant > Last ? instant : Last;
        }
    }
}
