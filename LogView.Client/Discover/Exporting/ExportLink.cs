using LogView.Client.Contracts.Query;
using LogView.Client.Discover.Run;
using LogView.Client.Discover.State;
using LogView.Client.Language;
using Microsoft.AspNetCore.WebUtilities;

namespace LogView.Client.Discover.Exporting;

public enum ExportFormat : byte
{
    Csv,
    Ndjson,
}

/// <summary>The address of the HTTP API that exports what is shown: every hit, with query and filters as one query.</summary>
public static class ExportLink
{
    private const string Path = "/api/v1/export";

    /// <summary>What every row of the table has, too.</summary>
    private static readonly string[] Always = ["@timestamp", "log.level"];

    /// <summary>Null for a query that does not read.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="format">What to write.</param>
    /// <param name="onlyColumns">Time, level and the columns shown; otherwise everything an event has.</param>
    /// <param name="moves">The time range as chosen, so that it is resolved at each export; otherwise the window of the run.</param>
    public static string? Of(RunPlan plan, ExportFormat format, bool onlyColumns, bool moves)
    {
        DiscoverState state = plan.State;
        if (QueryParser.Parse(state.Query, state.Language).Node is not { } query)
        {
            return null;
        }

        QueryNode asked = FilterNodes.Combine(query, state.Filters);
        Dictionary<string, string?> values = new(StringComparer.Ordinal)
        {
            ["q"] = asked is MatchAllNode ? null : QueryPrinter.Print(asked),
            ["dataStream"] = state.DataStream,
            ["from"] = moves ? state.Range.From : plan.From?.ToString(),
            ["to"] = moves ? state.Range.To : plan.To?.ToString(),
            ["timeZone"] = plan.Zone.Id,
            ["sort"] = $"{state.Sort.Field}:{(state.Sort.Order == Contracts.Search.SortOrder.Desc ? "desc" : "asc")}",
            ["format"] = format == ExportFormat.Csv ? "csv" : "ndjson",
            ["columns"] = Columns(state, format, onlyColumns),
            ["bom"] = format == ExportFormat.Csv ? "true" : null,
        };
        return QueryHelpers.AddQueryString(Path, values.Where(v => !string.IsNullOrEmpty(v.Value)));
    }

    /// <summary>CSV has no form for all fields of every event: the source of each is one column then.</summary>
    private static string? Columns(DiscoverState state, ExportFormat format, bool onlyColumns) => onlyColumns
        ? string.Join(',', Always.Concat(state.Columns.Count > 0 ? state.Columns : ["message"]).Distinct(StringComparer.Ordinal))
        : format == ExportFormat.Csv ? "@timestamp,@dataStream,@id,@source" : null;
}
