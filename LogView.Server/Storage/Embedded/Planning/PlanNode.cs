using LogView.Server.Storage.Embedded.Documents;
using LogView.Server.Storage.Embedded.Segments;

namespace LogView.Server.Storage.Embedded.Planning;

/// <summary>A query made ready for segments: gives the exact set of matching events of any. Safe for concurrent use.</summary>
internal abstract class PlanNode
{
    /// <summary>Rough work, to narrow by cheap clauses first.</summary>
    public abstract int Cost { get; }

    /// <summary>The events of <paramref name="within"/> that match.</summary>
    public abstract DocSet Evaluate(SegmentView segment, DocSet within, CancellationToken cancellationToken);
}

internal sealed class ConstantPlan(bool matches) : PlanNode
{
    public override int Cost => 0;

    public override DocSet Evaluate(SegmentView segment, DocSet within, CancellationToken cancellationToken) => matches ? within : DocSet.None;
}

/// <summary>Each child looks only at what the cheaper ones left.</summary>
internal sealed class AndPlan(IEnumerable<PlanNode> children) : PlanNode
{
    private readonly PlanNode[] _children = [.. children.OrderBy(c => c.Cost)];

    public override int Cost => _children.Sum(c => c.Cost);

    public override DocSet Evaluate(SegmentView segment, DocSet within, CancellationToken cancellationToken)
    {
        foreach (PlanNode child in _children)
        {
            if (within.IsEmpty)
            {
                break;
            }

            within = child.Evaluate(segment, within, cancellationToken);
        }

        return within;
    }
}

/// <summary>Each child looks only at what the cheaper ones did not take.</summary>
internal sealed class OrPlan(IEnumerable<PlanNode> children) : PlanNode
{
    private readonly PlanNode[] _children = [.. children.OrderBy(c => c.Cost)];

    public override int Cost => _children.Sum(c => c.Cost);

    public override DocSet Evaluate(SegmentView segment, DocSet within, CancellationToken cancellationToken)
    {
        DocSet found = DocSet.None;
        foreach (PlanNode child in _children)
        {
            DocSet rest = child.Cost > ClausePlan.ScanCost ? DocSets.Except(within, found, segment.Events) : within;
            found = DocSets.Or(found, child.Evaluate(segment, rest, cancellationToken), segment.Events);
        }

        return found;
    }
}

internal sealed class NotPlan(PlanNode child) : PlanNode
{
    public override int Cost => child.Cost + 1;

    public override DocSet Evaluate(SegmentView segment, DocSet within, CancellationToken cancellationToken) =>
        DocSets.Except(within, child.Evaluate(segment, within, cancellationToken), segment.Events);
}
