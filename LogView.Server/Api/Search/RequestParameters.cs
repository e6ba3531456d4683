using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Server.Api.Json;

namespace LogView.Server.Api.Search;

/// <summary>Searches written as a query string.</summary>
internal static class RequestParameters
{
    /// <summary>Which events: what every endpoint that looks at events takes.</summary>
    public static readonly ParameterList Which = new(
    [
        new Parameter("q", "The query; nothing: every event."),
        new Parameter("language", "What the query is written in.", Words: ["logview", "lucene"]),
        new Parameter("dataStream", "Data stream pattern such as logs-*,-logs-debug; nothing: all that may be seen."),
        new Parameter("from", "Inclusive start: an instant or date math such as now-15m."),
        new Parameter("to", "Exclusive end."),
        new Parameter("timeZone", "IANA zone for rounding, calendar buckets and times without offset; UTC if missing."),
    ]);

    public static readonly ParameterList Page = Which.With(
        new Parameter("sort", "Field:order, several separated by commas, such as @timestamp:desc."),
        new Parameter("size", "Hits wanted, 0 to 10000; 100 if missing.", Type: "integer"),
        new Parameter("after", "The next of the page before."),
        new Parameter("skip", "Hits to pass over before the page begins, behind after, 0 to 250000; 0 if missing.", Type: "integer"),
        new Parameter("fields", "Names or patterns of the fields to give as lists of values, separated by commas."),
        new Parameter("count", "Whether to count all hits.", Words: ["exact", "bounded", "none"]));

    public static SearchRequest ReadWhich(QueryParameters parameters) => new()
    {
        Query = parameters.Text("q") ?? "",
        Language = parameters.Word<QueryLanguage>("language") ?? QueryLanguage.LogView,
        DataStream = parameters.Text("dataStream"),
        From = parameters.Text("from"),
        To = parameters.Text("to"),
        TimeZone = parameters.Text("timeZone"),
    };

    public static SearchRequest ReadPage(QueryParameters parameters) => ReadWhich(parameters) with
    {
        Sort = ReadSort(parameters),
        Size = parameters.Whole("size") ?? SearchRequest.DefaultSize,
        After = parameters.Text("after"),
        Skip = parameters.Whole("skip") ?? 0,
        Fields = parameters.List("fields"),
        Count = parameters.Word<CountMode>("count") ?? CountMode.Exact,
    };

    public static IReadOnlyList<SortField> ReadSort(QueryParameters parameters) => [.. parameters.List("sort").Select(ReadSortField)];

    private static SortField ReadSortField(string text)
    {
        int colon = text.LastIndexOf(':');
        string order = colon < 0 ? "asc" : text[(colon + 1)..];
        return order switch
        {
            _ when colon == 0 => throw Bad(text),
            "asc" => new SortField(colon < 0 ? text : text[..colon], SortOrder.Asc),
            "desc" => new SortField(text[..colon], SortOrder.Desc),
            _ => throw Bad(text),
        };
    }

    private static ApiProblemException Bad(string text) =>
        ApiProblemException.BadRequest($"'sort' has '{Names.Shorten(text)}': expected field:asc or field:desc");
}
