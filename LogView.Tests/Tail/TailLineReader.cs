using System.Diagnostics;
using System.Text.Json;
using LogView.Tests.Testing;

namespace LogView.Tests.Tail;

/// <summary>A program that follows <c>GET /api/v1/tail</c> line by line and keeps what it got.</summary>
internal sealed class TailLineReader : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private TailLineReader(HttpResponseMessage response, Stream body) => (_response, _lines) = (response, new StreamReader(body));

    public List<JsonElement> Events { get; } = [];

    public List<JsonElement> Statuses { get; } = [];

    public string? MediaType => _response.Content.Headers.ContentType?.MediaType;

    public IEnumerable<string?> Ids => Events.Select(e => e.GetProperty("id").GetString());

    public string Position => Statuses[^1].GetProperty("position").GetString()!;

    /// <summary>The last line that says why the tail ended; null: none came.</summary>
    public string? Problem { get; private set; }

    public static Task<TailLineReader> OpenAsync(LogViewServer server, string query) => OpenAsync(server.NewClient(server.Url, LogViewServer.AdminKey), query);

    public static async Task<TailLineReader> OpenAsync(HttpClient client, string query)
    {
        HttpResponseMessage response = await client.GetAsync($"/api/v1/tail?{query}", HttpCompletionOption.ResponseHeadersRead).WaitAsync(Patience);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}");
        return new TailLineReader(response, await response.Content.ReadAsStreamAsync());
    }

    public long Count(string name) => Statuses[^1].GetProperty(name).GetInt64();

    /// <summary>Reads one line; false at the end. A status must count exactly what came before it.</summary>
    public async Task<bool> NextAsync()
    {
        if (await _lines.ReadLineAsync().WaitAsync(Patience) is not { } line)
        {
            return false;
        }

        JsonProperty only = Assert.Single(JsonDocument.Parse(line).RootElement.EnumerateObject());
        if (only.Name == "problem")
        {
            Problem = only.Value.GetString();
            return true;
        }

        (only.Name == "event" ? Events : Statuses).Add(only.Value);
        if (only.Name != "event")
        {
            Assert.Equal("status", only.Name);
            Assert.Equal(Count("matched"), Count("shown") + Count("leftOut"));
            Assert.Equal(Events.Count, Count("shown"));
        }

        return true;
    }

    /// <summary>Fails when it is not so for longer than anybody would wait: statuses go on coming where nothing else does.</summary>
    public async Task<TailLineReader> UntilAsync(Func<TailLineReader, bool> done)
    {
        long begun = Stopwatch.GetTimestamp();
        while (!done(this))
        {
            Assert.True(await NextAsync(), "The tail ended");
            Assert.True(
                Stopwatch.GetElapsedTime(begun) < Patience,
                $"Not within {Patience.TotalSeconds} s; {Events.Count} events, the last status: {(Statuses.Count == 0 ? "none" : Statuses[^1].GetRawText())}");
        }

        return this;
    }

    public Task<TailLineReader> MatchedAsync(long events) => UntilAsync(r => r.Statuses.Count > 0 && r.Count("matched") >= events);

    public void Dispose()
    {
        _lines.Dispose();
        _response.Dispose();
    }
}
