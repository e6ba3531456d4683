using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Time;
using LogView.Server.Storage.Embedded.Documents;
using LogView.Server.Storage.Embedded.Segments;

namespace LogView.Server.Storage.Embedded.Planning;

/// <summary>Events between two instants, both included.</summary>
internal sealed class InstantPlan(Timestamp first, Timestamp last) : PlanNode
{
    public override int Cost => 1;

    public override DocSet Evaluate(SegmentView segment, DocSet within, CancellationToken cancellationToken)
    {
        if (first > last || segment.Newest < first || segment.Oldest > last)
        {
            return DocSet.None;
        }

        Timestamp end = last == Timestamp.MaxValue ? last : new Timestamp(last.UnixNanoseconds + 1);
        return DocSets.And(segment.InRange(new TimeRange(first, end)), within);
    }
}
