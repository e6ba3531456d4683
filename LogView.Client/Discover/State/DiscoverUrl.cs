using System.Text;
using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Client.Shared.Filtering;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace LogView.Client.Discover.State;

/// <summary>
/// <see cref="DiscoverState"/> ⇄ the query part of an address. Only what differs from the default is written, in a fixed order, so
/// that equal states have equal addresses. Reading never fails: what cannot be read is the default.
/// </summary>
public static class DiscoverUrl
{
    public const string Path = "/discover";

    /// <summary>Columns read from an address. More than this nobody sees side by side.</summary>
    public const int MaxColumns = 50;

    /// <summary>Stands for an open end of the time range, which differs from a missing one (the default).</summary>
    private const string Open = "*";

    public static string Write(DiscoverState state)
    {
        var url = new StringBuilder(Path);
        Add(url, "q", state.Query.Length == 0 ? null : state.Query);
        Add(url, "lang", state.Language == QueryLanguage.Lucene ? "lucene" : null);
        Add(url, "ds", state.DataStream);
        foreach (SearchFilter filter in state.Filters)
        {
            Add(url, "f", FilterText.Write(filter));
        }

        if (!state.Columns.SequenceEqual(DiscoverState.DefaultColumns, StringComparer.Ordinal))
        {
            Add(url, "cols", string.Join(',', state.Columns.Select(c => Escaped.Write(c, ","))));
        }

        Add(url, "w", ColumnWidths.Write(state.Columns, state.Widths));
        Add(url, "rows", RowHeights.Write(state.RowHeight));
        Add(url, "fold", state.Fold ? "1" : null);
        Add(url, "sort", state.Sort == SortField.NewestFirst ? null : (state.Sort.Order == SortOrder.Desc ? "-" : "+") + state.Sort.Field);
        if (state.Range != TimeRangeExpression.Last15Minutes)
        {
            Add(url, "from", state.Range.From ?? Open);
            Add(url, "to", state.Range.To ?? Open);
        }

        Add(url, "tz", state.Zone);
        Add(url, "interval", IntervalText.Write(state.Interval));
        Add(url, "tab", state.Tab switch { ResultTab.Patterns => "patterns", ResultTab.Changes => "changes", _ => null });
        Add(url, "split", state.Split);
        Add(url, "scale", state.LogScale ? "log" : null);
        Add(url, "view", state.View);
        Add(url, "event", state.Event?.ToString());
        return url.ToString();
    }

    /// <summary>The live tail of the same query, filters and zone: it has Discover's names for what both have.</summary>
    public static string WriteTail(DiscoverState state)
    {
        var shared = new DiscoverState { Query = state.Query, Language = state.Language, DataStream = state.DataStream, Filters = state.Filters, Zone = state.Zone };
        return "/tail" + Write(shared)[Path.Length..];
    }

    /// <param name="address">Any part of an address from the path on, or a whole one.</param>
    public static DiscoverState Read(string address)
    {
        int question = address.IndexOf('?', StringComparison.Ordinal);
        Dictionary<string, StringValues> values = QueryHelpers.ParseQuery(question < 0 ? "" : address[question..].Split('#')[0]);
        IReadOnlyList<string> columns = ReadColumns(One(values, "cols"));
        return new DiscoverState
        {
            Query = One(values, "q") ?? "",
            Language = One(values, "lang") is "lucene" ? QueryLanguage.Lucene : QueryLanguage.LogView,
            DataStream = One(values, "ds"),
            Filters = [.. All(values, "f").Take(FilterText.MaxFilters).Select(FilterText.Read).OfType<SearchFilter>()],
            Columns = columns,
            Widths = ColumnWidths.Read(columns, One(values, "w")),
            RowHeight = RowHeights.Read(One(values, "rows")),
            Fold = One(values, "fold") is "1",
            Sort = ReadSort(One(values, "sort")),
            Range = ReadRange(One(values, "from"), One(values, "to")),
            Zone = One(values, "tz") is { } zone && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _) ? zone : null,
            Interval = IntervalText.Read(One(values, "interval")),
            Tab = One(values, "tab") switch { "patterns" => ResultTab.Patterns, "changes" => ResultTab.Changes, _ => ResultTab.Events },
            Split = DiscoverState.Default.WithSplit(One(values, "split")).Split,
            LogScale = One(values, "scale") is "log",
            View = One(values, "view"),
            Event = EventLink.Read(One(values, "event")),
        };
    }

    /// <summary>True for the bare page: a bookmark of it, a click on its name.</summary>
    /// <param name="address">A whole one.</param>
    public static bool SaysNothing(string address) => new Uri(address) is { AbsolutePath: "/" or Path, Query: "" or "?" };

    private static void Add(StringBuilder url, string name, string? value)
    {
        if (value is not null)
        {
            url.Append(url.Length == Path.Length ? '?' : '&').Append(name).Append('=').Append(Encode(value));
        }
    }

    /// <summary>Percent-encodes, but leaves what is legal in a query and makes addresses readable.</summary>
    private static string Encode(string value) => new StringBuilder(Uri.EscapeDataString(value))
        .Replace("%3A", ":").Replace("%2C", ",").Replace("%2F", "/").Replace("%40", "@").Replace("%2A", "*").Replace("%21", "!").Replace("%20", "+").ToString();

    private static string? One(Dictionary<string, StringValues> values, string name) => All(values, name).FirstOrDefault();

    private static IEnumerable<string> All(Dictionary<string, StringValues> values, string name) =>
        values.TryGetValue(name, out StringValues found) ? found.OfType<string>() : [];

    private static IReadOnlyList<string> ReadColumns(string? text)
    {
        if (text is null)
        {
            return DiscoverState.DefaultColumns;
        }

        IEnumerable<string> names = Escaped.Split(text, ',').Select(Escaped.Read);
        return [.. names.Where(c => c.Length > 0).Distinct(StringComparer.Ordinal).Take(MaxColumns)];
    }

    private static SortField ReadSort(string? text) => text switch
    {
        ['-', .. { Length: > 0 } field] => new SortField(field, SortOrder.Desc),
        ['+', .. { Length: > 0 } field] => new SortField(field, SortOrder.Asc),
        _ => SortField.NewestFirst,
    };

    private static TimeRangeExpression ReadRange(string? from, string? to) =>
        from is null && to is null ? TimeRangeExpression.Last15Minutes : new TimeRangeExpression(from is Open ? null : from, to is Open ? null : to);
}
