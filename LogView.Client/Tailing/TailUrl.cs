using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Tail;
using LogView.Client.Shared.Filtering;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace LogView.Client.Tailing;

/// <summary>
/// <see cref="TailState"/> ⇄ the query part of an address, by Discover's names, so that one can be turned into the other by its path. Only
/// what differs from the default is written. Reading never fails: what cannot be read is the default.
/// </summary>
public static class TailUrl
{
    public const string Path = "/tail";

    public static string Write(TailState state)
    {
        var parts = new List<KeyValuePair<string, string?>>
        {
            new("q", state.Query.Length == 0 ? null : state.Query),
            new("lang", state.Language == QueryLanguage.Lucene ? "lucene" : null),
            new("ds", state.DataStream),
        };
        parts.AddRange(state.Filters.Select(f => new KeyValuePair<string, string?>("f", FilterText.Write(f))));
        parts.Add(new("cols", state.Columns.SequenceEqual(TailState.DefaultColumns, StringComparer.Ordinal) ? null : string.Join(',', state.Columns.Select(c => Escaped.Write(c, ",")))));
        parts.Add(new("tz", state.Zone));
        return QueryHelpers.AddQueryString(Path, parts.Where(p => p.Value is not null));
    }

    /// <param name="address">Any part of an address from the path on, or a whole one.</param>
    public static TailState Read(string address)
    {
        int question = address.IndexOf('?', StringComparison.Ordinal);
        Dictionary<string, StringValues> values = QueryHelpers.ParseQuery(question < 0 ? "" : address[question..].Split('#')[0]);
        return new TailState
        {
            Query = One(values, "q") ?? "",
            Language = One(values, "lang") is "lucene" ? QueryLanguage.Lucene : QueryLanguage.LogView,
            DataStream = One(values, "ds"),
            Filters = [.. All(values, "f").Take(FilterText.MaxFilters).Select(FilterText.Read).OfType<SearchFilter>()],
            Columns = ReadColumns(One(values, "cols")),
            Zone = One(values, "tz") is { } zone && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _) ? zone : null,
        };
    }

    private static IReadOnlyList<string> ReadColumns(string? text)
    {
        if (text is null)
        {
            return TailState.DefaultColumns;
        }

        IEnumerable<string> names = Escaped.Split(text, ',').Select(Escaped.Read).Where(n => n.Length > 0).Distinct(StringComparer.Ordinal);
        return [.. names.Where(n => n is not TailState.MessageColumn).Take(TailRequest.MaxColumns), TailState.MessageColumn];
    }

    private static string? One(Dictionary<string, StringValues> values, string name) => All(values, name).FirstOrDefault(v => v.Length > 0);

    private static IEnumerable<string> All(Dictionary<string, StringValues> values, string name) =>
        values.TryGetValue(name, out StringValues found) ? found.OfType<string>() : [];
}
