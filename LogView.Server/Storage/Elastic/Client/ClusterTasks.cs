using System.Text.Json;
using System.Threading.Channels;

namespace LogView.Server.Storage.Elastic.Client;

/// <summary>
/// Ends searches on the cluster that nobody waits for. Closing the connection does that already on most servers; what still runs after it is looked up by
/// its tag in the task list and cancelled. Best effort, in the background.
/// </summary>
internal sealed class ClusterTasks : IAsyncDisposable
{
    /// <summary>Cancellations that wait; further ones are left to the closed connection.</summary>
    private const int MaxWaiting = 256;

    private const string Search = "indices:data/read/search";

    private readonly ElasticClient _client;
    private readonly Channel<string> _ended = Channel.CreateBounded<string>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _loop;

    public ClusterTasks(ElasticClient client)
    {
        _client = client;
        _loop = Task.Run(RunAsync);
    }

    public static string NewTag() => $"logview-{Guid.NewGuid():N}";

    public void End(string tag) => _ended.Writer.TryWrite(tag);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _loop;
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            await foreach (string tag in _ended.Reader.ReadAllAsync(_stopping.Token))
            {
                await TryEndAsync(tag);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The engine closes.
        }
    }

    private async Task TryEndAsync(string tag)
    {
        try
        {
            using ElasticAnswer answer = await _client.SendAsync(ElasticCall.Get($"/_tasks?actions={Search}&detailed=false"), _stopping.Token);
            foreach (string task in Tagged(answer.Root, tag))
            {
                using ElasticAnswer cancelled = await _client.SendAsync(
                    new ElasticCall(HttpMethod.Post, $"/_tasks/{task}/_cancel") { MayBeMissing = true }, _stopping.Token);
            }
        }
        catch (ElasticException)
        {
            // The cluster does not answer or the right is missing; its search ends by itself.
        }
    }

    private static IEnumerable<string> Tagged(JsonElement list, string tag)
    {
        foreach (JsonProperty node in list.TryGetProperty("nodes", out JsonElement nodes) ? nodes.EnumerateObject() : default)
        {
            foreach (JsonProperty task in node.Value.TryGetProperty("tasks", out JsonElement tasks) ? tasks.EnumerateObject() : default)
            {
                if (task.Value.TryGetProperty("headers", out JsonElement headers) && headers.TryGetProperty("X-Opaque-Id", out JsonElement id) && id.ValueEquals(tag))
                {
                    yield return task.Name;
                }
            }
        }
    }
}
