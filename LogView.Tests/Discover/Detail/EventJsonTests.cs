using LogView.Client.Discover.Detail;
using LogView.Tests.Testing;

namespace LogView.Tests.Discover.Detail;

public class EventJsonTests
{
    [Fact]
    public void Pretty_Source_KeepsOrderNumbersAndKorean()
    {
        string pretty = EventJson.Pretty(SomeHit.FromJson(1, """{"b":1.50,"a":"결제 <b>","n":12345678901234567890}""").Event);

        Assert.Equal(
            """
            {
              "b": 1.50,
              "a": "결제 <b>",
              "n": 12345678901234567890
            }
            """, pretty, ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Pretty_LoneSurrogate_FallsBackToWhatWasSent() =>
        Assert.Equal("""{"a":"\ud800"}""", EventJson.Pretty(SomeHit.FromJson(1, """{"a":"\ud800"}""").Event));

    [Fact]
    public void Exact_Source_IsByteForByte() => Assert.Equal("""{ "a" : 1 }""", EventJson.Exact(SomeHit.FromJson(1, """{ "a" : 1 }""").Event));
}
