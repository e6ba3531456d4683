using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;

namespace LogView.Tests.Conformance;

/// <summary>Events of any JSON shape are kept and found.</summary>
public abstract class JsonShapeConformance : ConcurrencyConformance
{
    [Theory]
    [InlineData("""{"a":{"b":{"c":1}}}""", "a.b.c: 1")]
    [InlineData("""{"a.b":{"c.d":1}}""", "a.b.c.d: 1")]
    [InlineData("""{"a":{"b":1},"a.b":2}""", "a.b: 1 and a.b: 2")]
    [InlineData("""{"a":[1,[2,[3]]]}""", "a: 1 and a: 2 and a: 3")]
    [InlineData("""{"a":[{"b":1},{"b":[2,{"c":3}]}]}""", "a.b: 1 and a.b: 2 and a.b.c: 3")]
    [InlineData("""{"a":[[{"b":"x"}]]}""", "a.b: x")]
    [InlineData("""{"a":1,"b":{"a":{}},"c":[]}""", "a: 1 and not c: * and not b.a: *")]
    [InlineData("""{"a":null,"b":[null,1]}""", "not a: * and b: 1")]
    [InlineData("""{"a":""}""", "a: * and a: \"\"")]
    [InlineData("""{"":"x","b":1}""", "b: 1")]
    [InlineData("""{"k":"\ud83d\ude00"}""", "k: 😀")]
    [InlineData("""{"k":"x\ud800y","b":1}""", "b: 1 and k: \"x\ufffdy\"")]
    [InlineData("""{"k":"a\u0000b","b":1}""", "b: 1 and k: *")]
    [InlineData("""{"k":"line\nbreak\ttab \"quoted\" \\ slash"}""", "k: \"line\\nbreak\\ttab \\\"quoted\\\" \\\\ slash\"")]
    [InlineData("""{"n":9223372036854775807}""", "n: 9223372036854775807 and not n: 9223372036854775806")]
    [InlineData("""{"n":-9223372036854775808}""", "n: \"-9223372036854775808\"")]
    [InlineData("""{"n":18446744073709551616}""", "n > 9223372036854775807")]
    [InlineData("""{"n":1e3}""", "n: 1000")]
    [InlineData("""{"n":-0.0}""", "n: 0")]
    [InlineData("""{"key with space":1,"quo\"te":2}""", "*: 1 and *: 2")]
    [InlineData("""{"@timestamp":"2001-01-01T00:00:00Z","a":1}""", "@timestamp >= \"2026-01-01T00:00:00Z\" and a: 1")]
    public async Task Source_AnyShape_IsFoundByItsFields(string source, string query)
    {
        await WriteAsync(source, "{}");

        Assert.Equal("e1", await FoundAsync(query));
        Assert.Equal(source, Encoding.UTF8.GetString((await SearchAsync(All)).Hits[1].Event.Source.Span));
    }

    [Fact]
    public async Task Source_SameFieldInEveryKind_IsFoundByEach()
    {
        await WriteAsync("""{"x":1}""", """{"x":"1"}""", """{"x":1.5}""", """{"x":true}""", """{"x":{"y":1}}""", """{"x":["one",1,false]}""");

        Assert.Equal("e1 e2 e6", await FoundAsync("x: 1"));
        Assert.Equal("e3", await FoundAsync("x: 1.5"));
        Assert.Equal("e4", await FoundAsync("x: true"));
        Assert.Equal("e6", await FoundAsync("x: one"));
        Assert.Equal("e5", await FoundAsync("x.y: 1"));
        Assert.Equal("e1 e2 e3 e4 e6", await FoundAsync("x: *"));
    }

    [Fact]
    public async Task Source_NumbersInTexts_AreComparedAsNumbers()
    {
        await WriteAsync("""{"x":500}""", """{"x":"n/a"}""", """{"x":"900"}""", """{"x":"1000"}""", """{"x":1000.5}""");

        Assert.Equal("e1 e3 e4 e5", await FoundAsync("x >= 500"));
        Assert.Equal("e4 e5", await FoundAsync("x > 900"));
        Assert.Equal("e1 e3", await FoundAsync("x < 1000"));
    }

    [Fact]
    public async Task Source_TenThousandFields_AreAllFound()
    {
        string wide = "{" + string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"\"f{i}\":{i}")) + "}";
        await WriteAsync(wide, """{"f9999":1}""");

        Assert.Equal("e1", await FoundAsync("f0: 0 and f5000: 5000 and f9999: 9999"));
        Assert.Equal("e2", await FoundAsync("f9999: 1"));
        FieldList fields = await Store.ListFieldsAsync(All, 10, Cancel);
        Assert.Equal(10_001, fields.Fields.Count);
        Assert.Equal(2, fields.Fields.Single(f => f.Name == "f9999").Events);
        Assert.Equal(9_999, Assert.IsType<MetricResult>(await AggregateAsync(All, new MetricAggregation(MetricKind.Max, "f9999"))).Value);
    }

    [Fact]
    public async Task Source_ManyEventsWithDifferentFields_AreAllFound()
    {
        await WriteAsync([.. Enumerable.Range(0, 3_000).Select(i => Event(new Timestamp(i), $$"""{"only.{{i}}":"v{{i}}","all":1}"""))]);

        Assert.Equal("e1", await FoundAsync("only.0: v0"));
        Assert.Equal("e3000", await FoundAsync("only.2999: *"));
        Assert.Equal(3_000, (await SearchAsync(All with { Query = Query("all: 1"), Size = 0 })).Total!.Value.Value);
    }

    [Fact]
    public async Task Source_DeepestAllowed_IsFound()
    {
        int depth = EventLimits.MaxJsonDepth - 1;
        string deep = string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
        await WriteAsync(deep);

        Assert.Equal("e1", await FoundAsync($"{string.Join('.', Enumerable.Repeat("a", depth))}: 1"));
    }

    [Fact]
    public async Task Source_MegabyteOfText_IsFoundByItsLastWord()
    {
        string text = string.Join(' ', Enumerable.Range(0, 110_000).Select(i => $"w{i % 9_000}"));
        await WriteAsync($$"""{"message":"{{text}} lastword","k":"{{new string('k', 100_000)}}"}""", "{}");

        Assert.Equal("e1", await FoundAsync("lastword"));
        Assert.Equal("e1", await FoundAsync("k: kkk*"));
    }

    [Fact]
    public async Task Source_LongestFieldNames_AreKept()
    {
        string name = new('n', 5_000);
        await WriteAsync($$$"""{"{{{name}}}":{"{{{name}}}":1}}""");

        Assert.Equal("e1", await FoundAsync($"{name}.{name}: 1"));
    }
}
