using System.Text;
using CsCheck;
using LogView.Client.Contracts.Events;
using LogView.Tests.Testing;

namespace LogView.Tests.Contracts.Events;

/// <summary>One field read alone is what it is among all fields.</summary>
public sealed class FieldReaderTests
{
    private static readonly string[] Keys = ["a", "b", "a.b", "a.b.a", "", ".", "a.", ".a", "ab", "é", @"\u0061", @"\ud800", "@timestamp"];
    private static readonly string[] Scalars = ["1", "-7.5", "1e400", "null", "true", "\"x\"", "\"\"", @"""\ud83d""", "18446744073709551616"];
    private static readonly string[] Asked = ["a", "b", "a.b", "a.b.a", "", ".", "a.", "a..a", ".a", "a.a", "b.a", "é", "é.a", "\uFFFD", "@timestamp", "c"];

    private static readonly Gen<string> Json = Gen.Recursive<string>((depth, inner) => depth > 3
        ? One(Scalars)
        : Gen.Frequency(
            (3, One(Scalars)),
            (3, Gen.Select(One(Keys), inner).Array[0, 4].Select(Object)),
            (1, inner.Array[0, 3].Select(items => $"[{string.Join(',', items)}]"))));

    private static readonly Gen<string> Root = Gen.Select(One(Keys), Json).Array[0, 5].Select(Object);

    [Fact]
    public void Values_OfAnyEvent_AreThoseAmongAllFields() => Gen.Select(Root, Root, Gen.Bool).Sample(
        (source, derived, hasDerived) => AssertSame(source, hasDerived ? derived : ""),
        seed: Seed.Value,
        iter: 20_000);

    [Theory]
    [InlineData("""{"a":1,"b":""", "")]
    [InlineData("""{"a":1}""", """{"a":""")]
    [InlineData("not JSON", """{"a":1}""")]
    [InlineData("""{"a":1} x""", "")]
    public void Values_OfWhatIsNotJson_AreThoseAmongAllFields(string source, string derived) => AssertSame(source, derived);

    [Theory]
    [InlineData(EventLimits.MaxFields - 1)]
    [InlineData(EventLimits.MaxFields)]
    [InlineData(EventLimits.MaxFields + 1)]
    public void Values_BehindTheMostFieldsOfAnEvent_AreThoseAmongAllFields(int others)
    {
        var source = new StringBuilder("{");
        for (int i = 0; i < others; i++)
        {
            source.Append(System.Globalization.CultureInfo.InvariantCulture, $"\"f{i}\":1,");
        }

        AssertSame(source.Append("\"a\":2}").ToString(), "");
    }

    [Fact]
    public void Values_OfAnEventWhoseFieldsAreKnown_AreTheSame()
    {
        LogEvent known = Event("""{"a":[1,{"b":2},3]}""", "");
        _ = known.Fields;

        Assert.Equal([FieldValue.Of(1), FieldValue.Of(3)], new FieldReader("a").Values(known));
    }

    private static Gen<string> One(string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static void AssertSame(string source, string derived)
    {
        EventFields all = EventFlattener.Flatten(Event(source, derived));
        Assert.All(Asked, name => Assert.Equal(all.Values(name), new FieldReader(name).Values(Event(source, derived))));
    }

    private static string Object((string Key, string Value)[] pairs) => $"{{{string.Join(',', pairs.Select(p => $"\"{p.Key}\":{p.Value}"))}}}";

    private static LogEvent Event(string source, string derived) => new()
    {
        Id = new EventId("1"),
        DataStream = DataStreamName.Parse("logs-app"),
        Timestamp = new Timestamp(1_793_491_200_000_000_000),
        Source = Encoding.UTF8.GetBytes(source),
        Derived = Encoding.UTF8.GetBytes(derived),
    };
}
