using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Client.Language.Matching;

namespace LogView.Client.Language;

/// <summary>Does this event match? Compiled once per query, safe for any number of threads.</summary>
public sealed class Matcher
{
    private readonly EventTest _test;

    private Matcher(QueryNode node, EventTest test) => (Node, _test) = (node, test);

    public QueryNode Node { get; }

    /// <param name="node">The query.</param>
    /// <param name="now">What <c>now</c> stands for in date math; fixed at compilation.</param>
    /// <param name="zone">For dates without offset.</param>
    public static Matcher Compile(QueryNode node, Timestamp now, TimeZoneInfo zone) =>
        new(node, new EventTestCompiler(new MatchClock(now, zone)).Compile(node));

    public bool Matches(LogEvent logEvent) => _test.Matches(logEvent);
}
