using System.Text;

namespace LogView.Tests.Storage.Elastic;

/// <summary>A cluster as others use it, past LogView.</summary>
internal sealed class RawCluster(Uri url) : IDisposable
{
#pragma warning disable RS0030 // Another program's client, not LogView's.
    private readonly HttpClient _http = new() { BaseAddress = url };
#pragma warning restore RS0030

    public Task PutAsync(string path, string json) => SendAsync(HttpMethod.Put, path, json, "application/json");

    public Task BulkAsync(string index, IEnumerable<(string Id, string Source)> documents) => SendAsync(
        HttpMethod.Post,
        $"{index}/_bulk?refresh=true",
        string.Concat(documents.Select(d => $$$"""{"create":{"_id":"{{{d.Id}}}"}}""" + "\n" + d.Source + "\n")),
        "application/x-ndjson");

    public async Task<string> SendAsync(HttpMethod method, string path, string? body = null, string type = "application/json")
    {
        using HttpRequestMessage request = new(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, type) };
        using HttpResponseMessage response = await _http.SendAsync(request);
        string answer = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode && !answer.Contains("\"errors\":true", StringComparison.Ordinal), answer);
        return answer;
    }

    public void Dispose() => _http.Dispose();
}
