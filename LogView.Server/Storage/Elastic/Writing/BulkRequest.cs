using System.Globalization;
using System.Net;
using LogView.Server.Storage.Elastic.Client;

namespace LogView.Server.Storage.Elastic.Writing;

/// <summary>Items on their way to the cluster in one request.</summary>
/// <param name="Items">In the order of the request.</param>
/// <param name="Body">What was sent; used again behind the answer.</param>
/// <param name="Answer">What the cluster says of them.</param>
internal sealed record BulkRequest(IReadOnlyList<BulkItem> Items, MemoryStream Body, Task<ElasticAnswer> Answer)
{
    /// <summary>Of each item only what has become of it: the rest is as long again as what was sent.</summary>
    private const string Answered = "items.*.status,items.*.error,items.*.failure_store";

    /// <param name="timeout">How long LogView waits for the cluster. The cluster waits for a shard that is away for a third of it, so that it can say so.</param>
    public static string PathFor(TimeSpan timeout) =>
        string.Create(CultureInfo.InvariantCulture, $"/_bulk?timeout={timeout.TotalMilliseconds / 3:0}ms&filter_path={Answered}");

    /// <summary>True when this failure means that fewer items would go: too large for the cluster, or for the memory it has now.</summary>
    public bool IsTooMuch(ElasticException failure) => failure.Failure == ElasticFailure.TooLarge
        ? Items.Count > 1 || Items[0].Refusal is null
        : failure.Status == HttpStatusCode.TooManyRequests && failure.MayPass && Items.Count > 1;

    /// <summary>What to send in place of this request.</summary>
    public IEnumerable<BulkItem> Smaller() => Items.Count > 1 ? Items : Items[0].Smaller();
}
