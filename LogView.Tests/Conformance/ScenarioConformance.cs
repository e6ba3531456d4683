using System.Text.Json;
using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Api;
using LogView.Server.Api.Json;
using LogView.Server.Api.Search;
using LogView.Server.Search;
using LogView.Tests.Search;
using Microsoft.Extensions.Time.Testing;

namespace LogView.Tests.Conformance;

/// <summary>The scenario files: requests as the API takes them, run through planning, the engine under test and back to JSON.</summary>
public abstract class ScenarioConformance : JsonShapeConformance
{
    private static readonly Viewer Everybody = new("test", Rights.Search, ["*"]);

    public static TheoryData<Scenario> Scenarios => Scenario.All;

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Scenario_EachCase_HasItsAnswer(Scenario scenario)
    {
        (JsonElement events, JsonElement @case) = scenario.Load();
        await WriteAsync([.. events.EnumerateArray().Select(Event)]);
        var log = new FakeLog();
        var service = new SearchService(Store, log, new ReadYourWrites(log, log), new FakeTimeProvider(Now.ToDateTimeOffset()));

        (JsonElement? answer, string? problem) = await AskAsync(service, @case.GetProperty("request"));

        string? refused = @case.TryGetProperty("problem", out JsonElement expectedProblem) ? expectedProblem.GetString() : null;
        Assert.True(refused is null == problem is null, problem ?? $"expected a refusal: {refused}");
        Assert.StartsWith(refused ?? "", problem ?? "", StringComparison.Ordinal);
        if (answer is { } given)
        {
            Check(@case, given);
        }
    }

    private static void Check(JsonElement @case, JsonElement answer)
    {
        if (@case.TryGetProperty("ids", out JsonElement ids))
        {
            Assert.Equal(
                ids.EnumerateArray().Select(i => i.GetString()), answer.GetProperty("hits").EnumerateArray().Select(h => h.GetProperty("id").GetString()));
        }

        if (@case.TryGetProperty("expect", out JsonElement expected))
        {
            Assert.Null(Scenario.Difference(expected, answer));
        }
    }

    private static async Task<(JsonElement? Answer, string? Problem)> AskAsync(SearchService service, JsonElement request)
    {
        if (StrictJson.Problem<SearchBody>(request) is { } wrong)
        {
            return (null, wrong);
        }

        try
        {
            SearchRequest asked = request.Deserialize<SearchBody>(ApiJson.Options)!.ToRequest();
            SearchOutcome outcome = await service.SearchAsync(asked, Everybody, progress: null, Cancel);
            return outcome.Result is { } result
                ? (JsonSerializer.SerializeToElement(Answers.Of(result, asked.Fields), ApiJson.Options), null)
                : (null, outcome.Problem!.Message);
        }
        catch (ApiProblemException e)
        {
            return (null, e.Message);
        }
    }

    private LogEvent Event(JsonElement json) => Event(
        json.GetProperty("time").GetString()!,
        json.GetProperty("source").GetRawText(),
        json.GetProperty("id").GetString(),
        json.TryGetProperty("dataStream", out JsonElement stream) ? stream.GetString()! : DefaultStream,
        json.TryGetProperty("derived", out JsonElement derived) ? derived.GetRawText() : "");
}
