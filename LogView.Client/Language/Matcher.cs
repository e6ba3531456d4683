using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;

namespace LogView.Client.Language;

/// <summary>Does this event match? Compiled once per query, safe for any number of threads.</summary>
public sealed class Matcher
{
    private Matcher(QueryNode node) => Node = node;

    public QueryNode Node { get; }

    /// <param name="node">The query.</param>
    /// <param name="now">What <c>now</c> stands for in date math; fixed at compilation.</param>
    /// <param name="zone">For dates without offset.</param>
    public static Matcher Compile(QueryNode node, Timestamp now, TimeZoneInfo zone) => throw new NotSupportedException();

    public bool Matches(LogEvent logEvent) => throw new NotSupportedException();
}
