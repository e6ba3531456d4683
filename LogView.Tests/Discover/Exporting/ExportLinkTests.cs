using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Time;
using LogView.Client.Discover.Exporting;
using LogView.Client.Discover.Run;
using LogView.Client.Discover.State;
using Microsoft.AspNetCore.WebUtilities;

namespace LogView.Tests.Discover.Exporting;

public sealed class ExportLinkTests
{
    private static readonly Timestamp Now = Timestamp.From(new DateTimeOffset(2026, 11, 22, 5, 2, 11, TimeSpan.Zero));

    [Fact]
    public void Of_QueryAndFilters_AreOneQuery()
    {
        var state = new DiscoverState
        {
            Query = "a or b", DataStream = "logs-*", Range = new TimeRangeExpression("now-1h", "now"), Zone = "Asia/Seoul",
            Filters = [new SearchFilter { Field = "host.name", Is = "web-03", Negate = true }, new SearchFilter { Field = "x", Is = "off", Disabled = true }],
        };

        Dictionary<string, string> csv = Parameters(state, ExportFormat.Csv, onlyColumns: true, moves: false);

        Assert.Equal("(a or b) and not host.name: \"web-03\"", csv["q"]);
        Assert.Equal(("logs-*", "2026-11-22T04:02:11.000000000Z", "2026-11-22T05:02:11.000000000Z", "Asia/Seoul"), (csv["dataStream"], csv["from"], csv["to"], csv["timeZone"]));
        Assert.Equal(("csv", "@timestamp:desc", "@timestamp,log.level,service.name,message"), (csv["format"], csv["sort"], csv["columns"]));
    }

    [Fact]
    public void Of_LinkToRunAgain_MovesWithTime()
    {
        Dictionary<string, string> link = Parameters(new DiscoverState { Range = new TimeRangeExpression("now-1h", "now") }, ExportFormat.Ndjson, onlyColumns: false, moves: true);

        Assert.Equal(("now-1h", "now", "ndjson"), (link["from"], link["to"], link["format"]));
        Assert.DoesNotContain("columns", link.Keys);
        Assert.DoesNotContain("q", link.Keys);
    }

    [Fact]
    public void Of_LuceneQuery_IsWrittenAsLogViewReadsIt() =>
        Assert.Equal("level: error and not x: y", Parameters(new DiscoverState { Query = "+level:error -x:y", Language = QueryLanguage.Lucene }, ExportFormat.Csv, onlyColumns: true, moves: true)["q"]);

    [Fact]
    public void Of_WrongQuery_IsNothing() => Assert.Null(ExportLink.Of(Plan(new DiscoverState { Query = "a: (" }), ExportFormat.Csv, onlyColumns: true, moves: true));

    private static RunPlan Plan(DiscoverState state) => RunPlan.Make(state, "UTC", Now).Plan!;

    private static Dictionary<string, string> Parameters(DiscoverState state, ExportFormat format, bool onlyColumns, bool moves)
    {
        string link = ExportLink.Of(Plan(state), format, onlyColumns, moves)!;
        Assert.StartsWith("/api/v1/export?", link, StringComparison.Ordinal);
        return QueryHelpers.ParseQuery(link[link.IndexOf('?', StringComparison.Ordinal)..]).ToDictionary(p => p.Key, p => p.Value.ToString(), StringComparer.Ordinal);
    }
}
