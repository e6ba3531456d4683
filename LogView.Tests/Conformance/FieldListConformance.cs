using LogView.Client.Contracts.Search;

namespace LogView.Tests.Conformance;

/// <summary>Which fields there are, of which type, in how many events.</summary>
public abstract class FieldListConformance : MetricConformance
{
    private static string Text(FieldList list) => string.Join(' ', list.Fields.Select(f => $"{f.Name}:{f.Type}={f.Events}{(f.Conflicts > 0 ? $"!{f.Conflicts}" : "")}"));

    [Fact]
    public async Task Fields_EachType_IsRecognised()
    {
        await WriteAsync(
            """{"message":"hello","k":"a","n":1,"d":1.5,"b":true,"ip":"10.0.0.1","six":"fe80::1","at":"2026-11-01T10:00:00Z"}""",
            """{"message":"2026-11-01","k":"2026-11-01","n":2,"d":2,"b":false,"ip":"10.0.0.2","six":"::1","at":"2026-11-02"}""");

        FieldList list = await Store.ListFieldsAsync(All, 100, Cancel);

        Assert.Equal(
            "@timestamp:Date=2 at:Date=2 b:Boolean=2 d:Double=2 ip:Ip=2 k:Keyword=2 message:Text=2 n:Long=2 six:Ip=2",
            Text(list));
        Assert.False(list.IsSample);
        Assert.Equal(2, list.SampledEvents);
    }

    [Fact]
    public async Task Fields_Conflicts_AreCountedAgainstTheTypeOfMost()
    {
        await WriteAsync("""{"s":200}""", """{"s":404}""", """{"s":"n/a"}""", """{"t":"x"}""", """{"t":["y",7,true]}""");

        Assert.Equal("@timestamp:Date=5 s:Long=3!1 t:Keyword=2!2", Text(await Store.ListFieldsAsync(All, 100, Cancel)));
    }

    [Fact]
    public async Task Fields_QueryRangeAndStream_NarrowThem()
    {
        await WriteAsync(
            Event("2026-11-01T10:00:00Z", """{"a":1}"""), Event("2026-11-02T10:00:00Z", """{"b":1}"""), Event("2026-11-02T10:00:00Z", """{"c":1}""", stream: "logs-two"));

        FieldList list = await Store.ListFieldsAsync(
            All with { Range = Range("2026-11-02T00:00:00Z", "2026-11-03T00:00:00Z"), DataStreams = n => n.Value == DefaultStream }, 100, Cancel);

        Assert.Equal("@timestamp:Date=1 b:Long=1", Text(list));
    }

    [Fact]
    public async Task Fields_MoreEventsThanTheSample_AreOfTheNewestAndSaySo()
    {
        await WriteAsync("""{"old":1}""", """{"mid":1}""", """{"new":1}""");

        FieldList list = await Store.ListFieldsAsync(All, 2, Cancel);

        Assert.Equal("@timestamp:Date=2 mid:Long=1 new:Long=1", Text(list));
        Assert.True(list.IsSample);
        Assert.Equal(2, list.SampledEvents);
    }

    [Fact]
    public async Task Fields_Empty_AreNone()
    {
        FieldList list = await Store.ListFieldsAsync(All, 100, Cancel);

        Assert.Empty(list.Fields);
        Assert.False(list.IsSample);
    }
}
