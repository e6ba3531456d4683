using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using LogView.Tests.Conformance;
using LogView.Tests.Testing;

namespace LogView.Tests.Api;

/// <summary>The examples of docs/http-api.md are what the program answers.</summary>
public sealed partial class HttpApiDocumentTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static string Text { get; } = File.ReadAllText(ProjectFolder.PathOf("docs", "http-api.md"));

    private static JsonElement Example(string part) =>
        Blocks().Matches(Text).Select(m => m.Groups["body"].Value).Where(b => b.Contains(part, StringComparison.Ordinal)).Select(b => JsonDocument.Parse(b).RootElement).Single();

    [Fact]
    public async Task Examples_OfErrors_AreReal()
    {
        JsonElement member = await ApiServer.ReadAsync(await api.SendAsync("/api/v1/search", """{"agregations":{}}"""), HttpStatusCode.BadRequest);
        JsonElement query = await ApiServer.ReadAsync(await api.SendAsync("/api/v1/search", """{"query":"status:"}"""), HttpStatusCode.BadRequest);

        Assert.Null(Scenario.Difference(Example("agregations"), member));
        Assert.Null(Scenario.Difference(Example("does not parse"), query));
    }

    [Fact]
    public async Task Example_OfParse_IsReal()
    {
        JsonElement answer = await api.PostAsync("/api/v1/query/parse", """{"query":"level:error","language":"logview","cursor":11}""");

        Assert.Null(Scenario.Difference(Example("canonical"), answer));
    }

    [Fact]
    public async Task Tables_NameEveryMemberAndParameter()
    {
        JsonElement document = await api.GetAsync("/api/openapi.json");
        IEnumerable<string> members = document.GetProperty("components").GetProperty("schemas").EnumerateObject()
            .Where(s => s.Name is "SearchBody" or "FilterBody" or "AggregationBody" or "SearchAnswer" or "HitAnswer" or "TermsBody" or "PercentilesBody" or "DateHistogramBody")
            .SelectMany(s => s.Value.GetProperty("properties").EnumerateObject()).Select(p => p.Name);
        IEnumerable<string?> parameters = document.GetProperty("paths").EnumerateObject().Where(p => p.Name.StartsWith("/api/v1/", StringComparison.Ordinal))
            .SelectMany(p => p.Value.EnumerateObject())
            .SelectMany(o => o.Value.TryGetProperty("parameters", out JsonElement list) ? list.EnumerateArray() : default(JsonElement.ArrayEnumerator))
            .Select(p => p.GetProperty("name").GetString());

        string[] missing = [.. members.Concat(parameters).OfType<string>().Distinct().Where(name => !Regex.IsMatch(Text, $@"[`"",\[]{Regex.Escape(name)}[`"",=]"))];

        Assert.Empty(missing);
    }

    [GeneratedRegex("```json\n(?<body>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Blocks();
}
