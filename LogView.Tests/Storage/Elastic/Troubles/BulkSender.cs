using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Elastic.Troubles;

/// <summary>A shipper that sends events in a row to a whole LogView, and a reader who looks for them.</summary>
internal sealed class BulkSender(LogViewServer logView, string stream)
{
    /// <summary>Each search waits two seconds or so for what was accepted before it, so that no pause is needed between them.</summary>
    private const int Tries = 90;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Events that were acknowledged.</summary>
    public int Sent { get; set; }

    public async Task SendAsync(int count)
    {
        string lines = string.Concat(Enumerable.Range(Sent, count).Select(i => string.Create(
            CultureInfo.InvariantCulture, $$$"""{"create":{"_index":"{{{stream}}}","_id":"e{{{i}}}"}}""") + "\n" + $$"""{"message":"event {{i}}","n":{{i}}}""" + "\n"));
        using StringContent body = new(lines, Encoding.UTF8, "application/x-ndjson");
        using HttpResponseMessage response = await logView.Elastic.PostAsync("/_bulk", body, Cancel);
        Assert.DoesNotContain("\"errors\":true", await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Sent += count;
    }

    /// <summary>The whole answer of a search for everything, newest first.</summary>
    public async Task<(HttpStatusCode Status, string Answer)> SearchAsync(int size = 0)
    {
        using HttpResponseMessage response = await logView.Client.PostAsJsonAsync("/api/v1/search", new { size }, Cancel);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancel));
    }

    /// <summary>Searches until all that was sent is found; then each must be there once, in the order in which it was sent.</summary>
    public async Task ExpectAllOnceInOrderAsync()
    {
        long found = -1;
        string last = "";
        for (int i = 0; i < Tries && found != Sent; i++)
        {
            (HttpStatusCode status, string answer) = await SearchAsync();
            last = answer;
            found = status == HttpStatusCode.OK ? JsonDocument.Parse(answer).RootElement.GetProperty("total").GetProperty("value").GetInt64() : found;
        }

        Assert.True(found == Sent, last);
        Assert.Equal(Enumerable.Range(0, Sent).Select(i => string.Create(CultureInfo.InvariantCulture, $"e{i}")).Reverse(), await IdsAsync());
    }

    private async Task<List<string>> IdsAsync()
    {
        List<string> ids = [];
        string? after = null;
        do
        {
            using HttpResponseMessage response = await logView.Client.PostAsJsonAsync("/api/v1/search", new { size = 1_000, after }, Cancel);
            JsonElement page = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement;
            ids.AddRange(page.GetProperty("hits").EnumerateArray().Select(h => h.GetProperty("id").GetString()!));
            after = page.TryGetProperty("next", out JsonElement next) ? next.GetString() : null;
        }
        while (after is not null);

        return ids;
    }
}
