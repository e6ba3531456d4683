using LogView.Client.Contracts.Query;

namespace LogView.Client.Language;

/// <summary>Tree → canonical text: <c>Parse(Print(node)) == node</c>.</summary>
public static class QueryPrinter
{
    public static string Print(QueryNode node) => throw new NotSupportedException();
}
