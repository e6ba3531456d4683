using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Client.Language.Matching;

namespace LogView.Server.Storage.Embedded.Planning;

/// <summary>Query trees → plans. Leaves are the matcher's own compiled clauses, so a plan cannot mean something else than the matcher.</summary>
internal static class QueryPlanner
{
    public static PlanNode Plan(QueryNode query, Timestamp now, TimeZoneInfo zone) =>
        Plan(query, new EventTestCompiler(new MatchClock(now, zone)), path: "");

    private static PlanNode Plan(QueryNode node, EventTestCompiler compiler, string path) => node switch
    {
        MatchAllNode => new ConstantPlan(true),
        MatchNoneNode => new ConstantPlan(false),
        AndNode and => new AndPlan(and.Children.Select(c => Plan(c, compiler, path))),
        OrNode or => new OrPlan(or.Children.Select(c => Plan(c, compiler, path))),
        NotNode not => new NotPlan(Plan(not.Child, compiler, path)),
        NestedNode nested => Plan(nested.Child, compiler, $"{path}{nested.Path.Value}."),
        _ => Leaf(compiler.CompileClause(node, path)),
    };

    private static PlanNode Leaf(Clause clause) =>
        clause.Test is not null ? new ClausePlan(clause.Field, clause.Test)
        : clause.Instants is { } instants ? new InstantPlan(instants.First, instants.Last)
        : new ConstantPlan(false);
}
