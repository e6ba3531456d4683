using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Time;
using LogView.Server.Storage.Embedded.Columns;
using LogView.Server.Storage.Embedded.Documents;
using LogView.Server.Storage.Embedded.Planning;
using LogView.Server.Storage.Embedded.Segments;
using static LogView.Tests.Storage.Embedded.Durable.StoredEvents;

namespace LogView.Tests.Storage.Embedded.Querying;

/// <summary>A search that looks at events one by one ends at the event at which it is cancelled, however large the segment is.</summary>
public sealed class CancelInSegmentTests
{
    private const int Events = 1_000;
    private const int CancelAt = 300;

    [Fact]
    public void Evaluate_CancelledInTheMiddleOfASegment_LooksAtNoFurtherEvent()
    {
        using var cancel = new CancellationTokenSource();
        Server.Storage.Embedded.Heads.Head head = new(DataStreamName.Parse("logs-a"), "20261101", new Server.Storage.Embedded.Heads.ChunkPool());
        foreach (LogEvent logEvent in Batch(1, Events))
        {
            head.Add(logEvent);
        }

        head.Publish();
        var segment = new CountingSegment(new Server.Storage.Embedded.Heads.HeadView(head), loaded =>
        {
            if (loaded == CancelAt)
            {
                cancel.Cancel();
            }
        });
        PlanNode plan = QueryPlanner.Plan(new RegexNode(FieldTarget.Of("message"), "[a-z]+ [a-z]+.*[xyz]$", IgnoreCase: true), default, TimeZoneInfo.Utc);

        Assert.Throws<OperationCanceledException>(() => plan.Evaluate(segment, DocSet.Range(0, Events), cancel.Token));

        Assert.Equal(CancelAt, segment.Loaded);
    }

    private sealed class CountingSegment(SegmentView inner, Action<int> onLoad) : SegmentView
    {
        public int Loaded { get; private set; }

        public override DataStreamName DataStream => inner.DataStream;

        public override int Events => inner.Events;

        public override Timestamp Oldest => inner.Oldest;

        public override Timestamp Newest => inner.Newest;

        public override bool IsSorted => inner.IsSorted;

        public override object? CacheKey => inner.CacheKey;

        public override IEnumerable<string> FieldNames => inner.FieldNames;

        public override long TimeOf(int doc) => inner.TimeOf(doc);

        public override long SequenceOf(int doc) => inner.SequenceOf(doc);

        public override void ReadTimes(ReadOnlySpan<int> docs, Span<long> nanoseconds) => inner.ReadTimes(docs, nanoseconds);

        public override LogEvent Load(int doc)
        {
            onLoad(++Loaded);
            return inner.Load(doc);
        }

        public override FieldColumns Columns(string field) => inner.Columns(field);

        public override DocSet InRange(TimeRange range) => inner.InRange(range);

        public override int Find(EventId id) => inner.Find(id);
    }
}
