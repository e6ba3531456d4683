using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Client.Language;
using LogView.Server.Storage;

namespace LogView.Tests.Conformance;

/// <summary>Every kind of query node and filter, against the same few events.</summary>
public abstract class QueryConformance : SortConformance
{
    private static readonly string[] Sources =
    [
        """{"message":"Connection refused by db-01","log":{"level":"error"},"status":500,"host":{"name":"web-01","ip":"10.0.0.7"},"tags":["a","b"],"took":1.5}""",
        """{"message":"connection reset, retry in 5s","log":{"level":"warn"},"status":502,"host":{"name":"web-02","ip":"10.1.0.7"},"tags":["b"],"ok":false}""",
        """{"message":"request done","log":{"level":"info"},"status":200,"host":{"name":"Web-01","ip":"192.168.0.1"},"ok":true,"took":0.25}""",
        """{"message":"결제실패했습니다 timeout","log":{"level":"error"},"status":"n/a","path":"/api/v1/pay ment"}""",
        """{"other":"refused","error":{"message":"connection timed out","type":"Timeout"},"status":404,"started":"2026-11-01T09:00:00+09:00"}""",
        "{}",
    ];

    private static QueryNode Pattern(string pattern) => FilterNodes.ToNode(new SearchFilter { Field = "message", Pattern = pattern });

    private static FieldTarget F(string name) => FieldTarget.Of(name);

    public static TheoryData<QueryNode, string> Nodes => new()
    {
        { new MatchAllNode(), "e1 e2 e3 e4 e5 e6" },
        { new MatchNoneNode(), "" },
        { new TermNode(FieldTarget.Default, "connection"), "e1 e2 e5" },
        { new TermNode(FieldTarget.Default, "refused"), "e1" },
        { new TermNode(F("message"), "CONNECTION"), "e1 e2" },
        { new TermNode(F("host.name"), "web-01"), "e1" },
        { new TermNode(F("host.name"), "web-01", IgnoreCase: true), "e1 e3" },
        { new TermNode(F("status"), "500"), "e1" },
        { new TermNode(F("status"), "500.0"), "e1" },
        { new TermNode(F("status"), "n/a"), "e4" },
        { new TermNode(F("ok"), "true"), "e3" },
        { new TermNode(F("ok"), "false"), "e2" },
        { new TermNode(F("tags"), "b"), "e1 e2" },
        { new TermNode(F("took"), "1.5"), "e1" },
        { new TermNode(F("host.ip"), "10.0.0.0/8"), "e1 e2" },
        { new TermNode(F("host.ip"), "10.0.0.7"), "e1" },
        { new TermNode(F("nothing"), "x"), "" },
        { new TermNode(new FieldTarget("host.*", IsPattern: true), "web-02"), "e2" },
        { new TermNode(new FieldTarget("*", IsPattern: true), "refused"), "e1 e5" },
        { new PhraseNode(F("message"), "connection refused"), "e1" },
        { new PhraseNode(F("message"), "refused connection"), "" },
        { new PhraseNode(FieldTarget.Default, "timed out"), "e5" },
        { new PhraseNode(F("message"), "connection retry", Slop: 1), "e2" },
        { new PhraseNode(F("message"), "connection retry"), "" },
        { new PhraseNode(F("message"), "결제"), "e4" },
        { new PhraseNode(F("message"), "실패"), "e4" },
        { new PhraseNode(F("path"), "/api/v1/pay ment"), "e4" },
        { new PhraseNode(F("path"), "/api/v1"), "" },
        { new WildcardNode(F("host.name"), "web-*"), "e1 e2" },
        { new WildcardNode(F("host.name"), "?eb-01"), "e1 e3" },
        { new WildcardNode(F("message"), "re*d"), "e1" },
        { new WildcardNode(FieldTarget.Default, "*nect*"), "e1 e2 e5" },
        { new RegexNode(F("message"), "conn(ect)?ion re(set|fused)"), "e2" },
        { new RegexNode(F("message"), "conn(ect)?ion re(set|fused)", IgnoreCase: true), "e1 e2" },
        { new RegexNode(F("host.name"), "^web-0[0-9]$"), "e1 e2" },
        { Pattern("Connection <*> by <*>"), "e1" },
        { Pattern("connection reset, <...> in <*>"), "e2" },
        { Pattern("request done"), "e3" },
        { Pattern("<*> timeout"), "e4" },
        { Pattern("request"), "" },
        { new AndNode([new ExistsNode(F("message")), new NotNode(Pattern("Connection <*> by <*>"))]), "e2 e3 e4" },
        { new RangeNode(F("status"), new RangeBound("500", true), null), "e1 e2" },
        { new RangeNode(F("status"), new RangeBound("500", false), null), "e2" },
        { new RangeNode(F("status"), new RangeBound("404", true), new RangeBound("502", false)), "e1 e5" },
        { new RangeNode(F("took"), null, new RangeBound("1.5", false)), "e3" },
        { new RangeNode(F("took"), null, new RangeBound("1.5", true)), "e1 e3" },
        { new RangeNode(F("started"), new RangeBound("2026-11-01T00:00:00Z", true), new RangeBound("2026-11-01T00:00:00Z", true)), "e5" },
        { new RangeNode(F("started"), new RangeBound("2026-11-01T00:00:00Z", false), null), "" },
        { new RangeNode(F("host.ip"), new RangeBound("10.0.0.0", true), new RangeBound("10.1.255.255", true)), "e1 e2" },
        { new RangeNode(F("@timestamp"), new RangeBound("2026-11-01T10:00:04Z", true), null), "e5 e6" },
        { new ExistsNode(F("took")), "e1 e3" },
        { new ExistsNode(F("error.type")), "e5" },
        { new ExistsNode(F("host.*") with { IsPattern = true }), "e1 e2 e3" },
        { new ExistsNode(F("nothing")), "" },
        { new NotNode(new ExistsNode(F("message"))), "e5 e6" },
        { new NotNode(new TermNode(F("status"), "500")), "e2 e3 e4 e5 e6" },
        { new NotNode(new MatchAllNode()), "" },
        { new FuzzyNode(F("log.level"), "eror", 1), "e1 e4" },
        { new FuzzyNode(F("message"), "conection", 2), "e1 e2" },
        { new AndNode([new TermNode(F("log.level"), "error"), new TermNode(F("status"), "500")]), "e1" },
        { new OrNode([new TermNode(F("status"), "200"), new TermNode(F("status"), "404"), new TermNode(F("tags"), "a")]), "e1 e3 e5" },
        { new AndNode([new OrNode([new TermNode(F("tags"), "a"), new TermNode(F("tags"), "b")]), new NotNode(new TermNode(F("ok"), "false"))]), "e1" },
        { new NestedNode(new FieldName("host"), new TermNode(F("name"), "web-02")), "e2" },
    };

    [Theory]
    [MemberData(nameof(Nodes), DisableDiscoveryEnumeration = true)]
    public async Task Query_EachNode_FindsExactlyItsEvents(QueryNode node, string expected)
    {
        await WriteAsync(Sources);

        Assert.Equal(expected, await FoundAsync(node));
    }

    [Theory]
    [InlineData("refused", "e1")]
    [InlineData("log.level: error and not status: 500", "e4")]
    [InlineData("log.level: (warn or info)", "e2 e3")]
    [InlineData("tags: (a and b)", "e1")]
    [InlineData("status >= 500 or status: 404", "e1 e2 e5")]
    [InlineData("host.name: web-* and not message: \"connection refused\"", "e2")]
    [InlineData("", "e1 e2 e3 e4 e5 e6")]
    public async Task Query_Text_FindsExactlyItsEvents(string query, string expected)
    {
        await WriteAsync(Sources);

        Assert.Equal(expected, await FoundAsync(query));
    }

    public static TheoryData<SearchFilter, string> Filters => new()
    {
        { new SearchFilter { Field = "log.level", Is = "error" }, "e1 e4" },
        { new SearchFilter { Field = "log.level", Is = "error", Negate = true }, "e2 e3 e5 e6" },
        { new SearchFilter { Field = "log.level", Is = "error", Disabled = true }, "e1 e2 e3 e4 e5 e6" },
        { new SearchFilter { Field = "status", Is = "200" }, "e3" },
        { new SearchFilter { Field = "ok", Is = "true" }, "e3" },
        { new SearchFilter { Field = "log.level", OneOf = ["warn", "info"] }, "e2 e3" },
        { new SearchFilter { Field = "took", Exists = true }, "e1 e3" },
        { new SearchFilter { Field = "message", Exists = false }, "e5 e6" },
        { new SearchFilter { Field = "status", Gte = "404", Lt = "502" }, "e1 e5" },
        { new SearchFilter { Field = "status", Gt = "404", Lte = "502" }, "e1 e2" },
        { new SearchFilter { Field = "@timestamp", Gte = "2026-11-01T10:00:05Z" }, "e6" },
    };

    [Theory]
    [MemberData(nameof(Filters), DisableDiscoveryEnumeration = true)]
    public async Task Filter_EachKind_FindsExactlyItsEvents(SearchFilter filter, string expected)
    {
        await WriteAsync(Sources);

        Assert.Equal(expected, await FoundAsync(FilterNodes.Combine(new MatchAllNode(), [filter])));
    }

    [Fact]
    public async Task Query_DateMath_CountsFromTheSearchsNow()
    {
        await WriteAsync(
            Event(Now.Add(TimeSpan.FromMinutes(-16)), id: "before"),
            Event(Now.Add(TimeSpan.FromMinutes(-14)), id: "within"));

        Assert.Equal("within", await FoundAsync("@timestamp >= now-15m"));
        Assert.Equal("before within", Ids(await SearchAsync(All with
        {
            Query = Query("@timestamp >= now-15m"),
            Now = Now.Add(TimeSpan.FromMinutes(-5)),
            Sort = [new SortField("@timestamp", SortOrder.Asc)],
        })));
    }

    [Fact]
    public async Task Query_DateWithoutOffset_IsReadInTheSearchsZone()
    {
        await WriteAsync(Event("2026-11-01T00:30:00Z", id: "a"), Event("2026-11-01T01:30:00Z", id: "b"));
        StoreSearch search = All with { Query = Query("@timestamp >= \"2026-11-01T10:00:00\""), Sort = [new SortField("@timestamp", SortOrder.Asc)] };

        Assert.Equal("b", Ids(await SearchAsync(search with { Zone = Zone("Asia/Seoul") })));
        Assert.Equal("", Ids(await SearchAsync(search)));
    }

    [Fact]
    public async Task Query_ComposedAndDecomposedText_AreEqual()
    {
        await WriteAsync("""{"message":"caf\u00e9 결제"}""", """{"message":"cafe\u0301 \u1100\u1167\u11af\u110c\u1166"}""");

        Assert.Equal("e1 e2", await FoundAsync("café"));
        Assert.Equal("e1 e2", await FoundAsync("결제"));
    }

    [Fact]
    public async Task Query_FieldThatIsAnObjectOrANumberElsewhere_IsWhatItIsInEach()
    {
        await WriteAsync(
            Event("2026-11-01T10:00:00Z", """{"log":{"x":"timeout"},"took":"slow"}""", id: "a", stream: "logs-one"),
            Event("2026-11-01T10:00:01Z", """{"log":"timeout","took":5}""", id: "b", stream: "logs-two"),
            Event("2026-11-01T10:00:02Z", """{"took":{"ms":7}}""", id: "c", stream: "logs-two"));

        Assert.Equal("b", await FoundAsync("log: *"));
        Assert.Equal("a c", await FoundAsync("not log: *"));
        Assert.Equal("b", await FoundAsync("log: timeout"));
        Assert.Equal("a", await FoundAsync("log.x: timeout"));
        Assert.Equal("a b", await FoundAsync("took: *"));
        Assert.Equal("a", await FoundAsync("took: slow"));
        Assert.Equal("b", await FoundAsync("took > 4"));
        Assert.Equal("a c", await FoundAsync("not took: 5"));
    }
}
