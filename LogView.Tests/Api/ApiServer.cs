using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using LogView.Client.Contracts.Events;
using LogView.Server.Wal;
using LogView.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace LogView.Tests.Api;

/// <summary>The whole program, shared by the tests of one class, and short words for asking it.</summary>
public sealed class ApiServer : IAsyncLifetime
{
    internal HttpClient Client => Server.Client;

    internal LogViewServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await LogViewServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>Acknowledges events the way receivers do: durable in the log, indexed behind it.</summary>
    public async Task AppendAsync(string dataStream, params (string Id, string Time, string Source)[] events)
    {
        LogEvent[] made = [.. events.Select(e => new LogEvent
        {
            Id = new EventId(e.Id),
            DataStream = DataStreamName.Parse(dataStream),
            Timestamp = Timestamp.From(DateTimeOffset.Parse(e.Time, CultureInfo.InvariantCulture)),
            Source = Encoding.UTF8.GetBytes(e.Source),
        })];
        await Server.Services.GetRequiredService<IWriteAheadLog>().AppendAsync(made, TestContext.Current.CancellationToken);
    }

    public async Task<JsonElement> GetAsync(string path) => await ReadAsync(await Client.GetAsync(path), HttpStatusCode.OK);

    public async Task<JsonElement> PostAsync(string path, string json) => await ReadAsync(await SendAsync(path, json), HttpStatusCode.OK);

    public async Task<HttpResponseMessage> SendAsync(string path, string json, string mediaType = "application/json")
    {
        using var content = new StringContent(json, Encoding.UTF8, mediaType);
        return await Client.PostAsync(path, content);
    }

    /// <summary>The detail of a problem document.</summary>
    public static async Task<string> DetailAsync(HttpResponseMessage response, HttpStatusCode expected = HttpStatusCode.BadRequest)
    {
        JsonElement problem = await ReadAsync(response, expected);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal((int)expected, problem.GetProperty("status").GetInt32());
        Assert.NotEqual("", problem.GetProperty("title").GetString());
        return problem.GetProperty("detail").GetString()!;
    }

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(expected == response.StatusCode, $"{(int)response.StatusCode}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }
}
