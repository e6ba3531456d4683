using LogView.Client.Language;

namespace LogView.Tests.Language;

public sealed class FieldSuggestionsTests
{
    private static readonly string[] Names = ["log.level", "log.logger", "service.name", "host.name", "http.response.status_code", "message", "@timestamp", "user.name"];

    [Theory]
    [InlineData("levle", "log.level")]
    [InlineData("level", "log.level")]
    [InlineData("log.levle", "log.level")]
    [InlineData("Log.Level", "log.level")]
    [InlineData("sevice.name", "service.name")]
    [InlineData("status_code", "http.response.status_code")]
    [InlineData("response.status_cod", "http.response.status_code")]
    [InlineData("mesage", "message")]
    [InlineData("timestamp", "@timestamp")]
    [InlineData("completely.else", null)]
    public void Nearest_MistypedName_IsTheMeantOne(string typed, string? expected) =>
        Assert.Equal(expected, FieldSuggestions.Nearest(typed, Names) is [string first, ..] ? first : null);

    [Fact]
    public void Nearest_SameDistance_ShortestFirst() => Assert.Equal(["host.name", "user.name", "service.name"], FieldSuggestions.Nearest("name", Names));

    [Fact]
    public void Nearest_FiftyThousandNames_AnswersWithinAKeystroke()
    {
        string[] names = [.. Enumerable.Range(0, 50_000).Select(i => $"kubernetes.labels.team_{i}.value"), "log.level"];
        var fastest = TimeSpan.MaxValue;
        for (int i = 0; i < 10; i++)
        {
            long start = System.Diagnostics.Stopwatch.GetTimestamp();
            Assert.Equal(["log.level"], FieldSuggestions.Nearest("log.levle", names));
            TimeSpan took = System.Diagnostics.Stopwatch.GetElapsedTime(start);
            fastest = took < fastest ? took : fastest;
        }

        Assert.True(fastest.TotalMilliseconds < 100, $"took {fastest}");
    }
}
