using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LogView.Tests.Tail;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Elastic.Saving;

/// <summary>Two whole LogViews on one cluster, each with a data folder of its own.</summary>
[Collection("opensearch2")]
[Trait("Kind", "slow")]
public sealed class SharedClusterTests(OpenSearch2 server)
{
    private const string Views = "/api/v1/views";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Views_SavedInOne_AreInTheOtherAtOnceAndNeverOverwritten()
    {
        string prefix = server.NextPrefix();
        await using LogViewServer seoul = await StartAsync(prefix), busan = await StartAsync(prefix);
        JsonNode made = await ReadAsync(await seoul.Client.PostAsJsonAsync(Views, View("Errors"), Stop), HttpStatusCode.Created);
        string path = $"{Views}/{(string)made["id"]!}", version = (string)made["version"]!;

        JsonNode seen = (await busan.Client.GetFromJsonAsync<JsonNode>(Views, Stop))!["objects"]![0]!;
        JsonNode renamed = await ReadAsync(await busan.Client.PutAsJsonAsync(path, View("Errors of Busan", version), Stop), HttpStatusCode.OK);
        JsonNode conflict = await ReadAsync(await seoul.Client.PutAsJsonAsync(path, View("Errors of Seoul", version), Stop), HttpStatusCode.Conflict);

        Assert.Equal(made.ToJsonString(), seen.ToJsonString());
        Assert.EndsWith("changed 'Errors of Busan' meanwhile: nothing was overwritten", (string)conflict["detail"]!, StringComparison.Ordinal);
        Assert.Equal(renamed.ToJsonString(), conflict["current"]!.ToJsonString());
        Assert.Equal(renamed.ToJsonString(), (await seoul.Client.GetFromJsonAsync<JsonNode>(path, Stop))!.ToJsonString());
        await ReadAsync(await busan.Client.DeleteAsync($"{path}?version={version}", Stop), HttpStatusCode.Conflict);
        using HttpResponseMessage deleted = await seoul.Client.DeleteAsync($"{path}?version={(string)renamed["version"]!}", Stop);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Empty((await busan.Client.GetFromJsonAsync<JsonNode>(Views, Stop))!["objects"]!.AsArray());
        Assert.False(File.Exists(Path.Combine(seoul.DataFolder, "saved.db")));
    }

    [Fact]
    public async Task Link_MadeInBothAtOnce_IsOneLinkThatBothFollow()
    {
        string prefix = server.NextPrefix();
        await using LogViewServer seoul = await StartAsync(prefix), busan = await StartAsync(prefix);
        LogViewServer[] both = [seoul, busan];

        JsonNode[] links = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
            await ReadAsync(await both[i % 2].Client.PostAsJsonAsync("/api/v1/links", new { address = "/discover?q=error" }, Stop), HttpStatusCode.Created)));

        string id = Assert.Single(links.Select(l => (string)l["id"]!).Distinct(StringComparer.Ordinal));
        foreach (LogViewServer one in both)
        {
            using HttpResponseMessage followed = await one.Client.GetAsync($"/s/{id}", Stop);
            Assert.Equal(("/discover?q=error", HttpStatusCode.Redirect), (followed.Headers.Location!.OriginalString, followed.StatusCode));
        }
    }

    [Fact]
    public async Task Views_ClusterAway_Are503WithASentence()
    {
        await using TcpProxy proxy = new(server.Require().ToString());
        string prefix = server.NextPrefix();
        await using LogViewServer logView = await LogViewServer.StartAsync(
            o => o with { Engine = "elastic", Cluster = server.Options("", prefix) with { Nodes = [proxy.Address] } });
        proxy.Cut(refuseNew: true);

        JsonNode answer = await ReadAsync(await logView.Client.GetAsync(Views, Stop), HttpStatusCode.ServiceUnavailable);

        Assert.StartsWith("What is saved is kept on the cluster. The cluster cannot be reached at", (string)answer["detail"]!, StringComparison.Ordinal);
    }

    private Task<LogViewServer> StartAsync(string prefix) =>
        LogViewServer.StartAsync(o => o with { Engine = "elastic", Cluster = server.Options("", prefix) });

    private static object View(string name, string? version = null) => new { name, access = "edit", content = new { address = "/discover?q=error" }, version };

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        using (response)
        {
            string body = await response.Content.ReadAsStringAsync(Stop);
            Assert.True(response.StatusCode == expected, $"{response.StatusCode}: {body}");
            return JsonNode.Parse(body)!;
        }
    }
}
