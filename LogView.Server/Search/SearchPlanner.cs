using System.Globalization;
using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Client.Language;
using LogView.Client.Language.Patterns;
using LogView.Server.Storage;

namespace LogView.Server.Search;

/// <summary>Checks a request, resolves its times and narrows it to what the viewer may see. Pure but for the clock.</summary>
internal sealed class SearchPlanner(TimeProvider clock)
{
    /// <summary>Never throws for any request.</summary>
    public PlannedSearch Plan(SearchRequest request, Viewer viewer)
    {
        try
        {
            return new PlannedSearch(Checked(request, viewer), null);
        }
        catch (PlanException e)
        {
            return new PlannedSearch(null, e.Problem);
        }
    }

    /// <summary>The text as a tree. Throws <see cref="PlanException"/>.</summary>
    public static QueryNode Parse(string text, QueryLanguage language, string where)
    {
        ParseResult parsed = QueryParser.Parse(text, language);
        return parsed.Error is { } error
            ? throw PlanException.BadQuery($"'{where}' does not parse: {error.Line}:{error.Column} expected {error.Expected}, found {error.Found}", error)
            : parsed.Node!;
    }

    private StoreSearch Checked(SearchRequest request, Viewer viewer)
    {
        Timestamp now = Timestamp.Now(clock);
        TimeZoneInfo zone = TimeZones.Find(request.TimeZone);
        TimeRange range = TimeBounds.Resolve(request.From, request.To, now, zone);
        QueryNode query = Parse(request.Query, request.Language, "query");
        CheckFilters(request.Filters);
        CheckSort(request.Sort);
        CheckBetween(request.Size, 0, SearchLimits.MaxSize, "size");
        CheckBetween(request.Skip, 0, SearchLimits.MaxSkip, "skip");
        Func<DataStreamName, IReadOnlyList<string>, bool> visible = Visible(request.DataStream, viewer);
        var aggregations = new AggregationPlanner(request.Language, now, zone, range);
        return new StoreSearch
        {
            Query = FilterNodes.Combine(query, request.Filters),
            DataStreams = name => visible(name, []),
            ByAliases = visible,
            Range = range,
            Zone = zone,
            Now = now,
            Sort = request.Sort.Count > 0 ? request.Sort : [SortField.NewestFirst],
            Size = request.Size,
            After = request.After,
            Skip = request.Skip,
            Count = request.Count,
            Aggregations = aggregations.Plan(request.Aggregations),
        };
    }

    /// <summary>Names the viewer may touch and the pattern fits. A name spelt out that may not be touched is refused, patterns are narrowed.</summary>
    private static Func<DataStreamName, IReadOnlyList<string>, bool> Visible(string? pattern, Viewer viewer)
    {
        if (!viewer.May(Rights.Search))
        {
            throw PlanException.Forbidden("Searching needs the right 'search', which this key or user lacks");
        }

        if (pattern?.Length > SearchLimits.MaxPatternLength)
        {
            throw PlanException.BadRequest($"'dataStream' is longer than {SearchLimits.MaxPatternLength} characters");
        }

        foreach (string part in (pattern ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part[0] != '-' && DataStreamName.TryParse(part, out DataStreamName name, out _) && part is not "_all" && !viewer.MayTouch(name))
            {
                throw PlanException.Forbidden($"This key or user may not search the data stream '{name}'");
            }
        }

        return (name, aliases) => viewer.MayTouch(name) && DataStreamPattern.Matches(pattern, name.Value, aliases);
    }

    private static void CheckFilters(IReadOnlyList<SearchFilter> filters)
    {
        CheckBetween(filters.Count, 0, SearchLimits.MaxFilters, "filters", "entries");
        for (int i = 0; i < filters.Count; i++)
        {
            SearchFilter filter = filters[i];
            CheckField(filter.Field, $"filters[{i}].field");
            CheckBetween(filter.OneOf?.Count ?? 0, 0, SearchLimits.MaxFilterValues, $"filters[{i}].oneOf", "values");
            int conditions = (filter.Is is null ? 0 : 1) + (filter.OneOf is null ? 0 : 1) + (filter.Exists is null ? 0 : 1) + (filter.Pattern is null ? 0 : 1)
                + ((filter.Gte ?? filter.Gt ?? filter.Lte ?? filter.Lt) is null ? 0 : 1);
            if (conditions != 1)
            {
                throw PlanException.BadRequest(
                    $"'filters[{i}]' has {(conditions == 0 ? "no condition" : "several conditions")}: expected exactly one of is, oneOf, exists, pattern, or a range (gte, gt, lte, lt)");
            }

            if (filter.Pattern is { } pattern && RegexFactory.Validate(MessageTemplate.ToRegex(pattern)) is not null)
            {
                throw PlanException.BadRequest($"'filters[{i}].pattern' has {pattern.Length} characters: expected a shorter pattern, as those LogView finds");
            }

            if ((filter.Gte is not null && filter.Gt is not null) || (filter.Lte is not null && filter.Lt is not null))
            {
                throw PlanException.BadRequest($"'filters[{i}]' has two bounds on one side: expected gte or gt, and lte or lt");
            }
        }
    }

    private static void CheckSort(IReadOnlyList<SortField> sort)
    {
        CheckBetween(sort.Count, 0, SearchLimits.MaxSortFields, "sort", "entries");
        for (int i = 0; i < sort.Count; i++)
        {
            CheckField(sort[i].Field, $"sort[{i}].field");
        }
    }

    internal static void CheckField(string field, string where)
    {
        if (field.Length is 0 or > SearchLimits.MaxFieldNameLength)
        {
            throw PlanException.BadRequest($"'{where}' is {(field.Length == 0 ? "empty" : "too long")}: expected the name of a field");
        }
    }

    internal static void CheckBetween(long value, long least, long most, string where, string what = "")
    {
        if (value < least || value > most)
        {
            string unit = what.Length > 0 ? $" {what}" : "";
            throw PlanException.BadRequest(string.Create(
                CultureInfo.InvariantCulture, $"'{where}' is {value}{unit}: expected {least:N0} to {most:N0}{unit}"));
        }
    }
}
