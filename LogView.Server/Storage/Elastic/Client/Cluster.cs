using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LogView.Server.Storage.Elastic.Client;

/// <summary>What was learnt of the cluster at connect; everything that differs between servers is decided here.</summary>
/// <param name="Id">The cluster's own, the same over restarts.</param>
/// <param name="Version">As it says, such as <c>8.19.21</c>.</param>
/// <param name="IsOpenSearch">OpenSearch; otherwise Elasticsearch.</param>
/// <param name="HasDataStreams">Templates may make data streams; otherwise LogView keeps indices behind an alias.</param>
internal sealed record Cluster(string Id, string Version, bool IsOpenSearch, bool HasDataStreams)
{
    /// <summary>Major versions below these are not spoken to.</summary>
    private const int OldestElasticsearch = 7, OldestOpenSearch = 2;

    private readonly Version _number = System.Version.TryParse(Version.Split('-')[0], out Version? parsed) ? parsed : new Version(0, 0);

    /// <summary>Since Elasticsearch 7.10 and OpenSearch 2.4, in every distribution.</summary>
    public bool HasPointInTime => _number >= (IsOpenSearch ? new Version(2, 4) : new Version(7, 10));

    /// <summary>An index says in which way it keeps documents. Elasticsearch 9 takes <c>logsdb</c> for data streams that are called like logs, unless they say something else.</summary>
    public bool HasIndexModes => !IsOpenSearch && _number >= new Version(8, 15);

    /// <summary>
    /// A data stream may keep documents that it refuses in a place apart and call them taken: Elasticsearch 8.19 and 9.1, there by default for those that are called like logs.
    /// </summary>
    public bool HasFailureStores => !IsOpenSearch && (_number >= new Version(9, 1) || (_number.Major == 8 && _number.Minor >= 19));

    public string Product => IsOpenSearch ? "OpenSearch" : "Elasticsearch";

    public override string ToString() => $"{Product} {Version}";

    /// <summary>Asks the cluster. Throws <see cref="ElasticException"/>, also when it is too old or something else.</summary>
    public static async Task<Cluster> ConnectAsync(ElasticClient client, CancellationToken cancellationToken)
    {
        (string id, string number, bool isOpenSearch) = await ReadAsync(client, cancellationToken);
        if (!int.TryParse(number.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major) || major < (isOpenSearch ? OldestOpenSearch : OldestElasticsearch))
        {
            throw new ElasticException(
                ElasticFailure.Rejected, $"The cluster is {(isOpenSearch ? "OpenSearch" : "Elasticsearch")} {number}: expected Elasticsearch 7.17 or newer, or OpenSearch 2 or newer");
        }

        client.PacksBodies = await TakesPackedAsync(client, cancellationToken);
        return new Cluster(id, number, isOpenSearch, await HasDataStreamsAsync(client, cancellationToken));
    }

    private static async Task<(string Id, string Number, bool IsOpenSearch)> ReadAsync(ElasticClient client, CancellationToken cancellationToken)
    {
        using ElasticAnswer answer = await client.SendAsync(ElasticCall.Get("/"), cancellationToken);
        if (!answer.Root.TryGetProperty("version", out JsonElement version) || !version.TryGetProperty("number", out JsonElement number))
        {
            throw new ElasticException(ElasticFailure.Rejected, "The server at --elastic-url answers, but is neither Elasticsearch nor OpenSearch");
        }

        bool isOpenSearch = version.TryGetProperty("distribution", out JsonElement distribution) && distribution.GetString() is "opensearch";
        string id = answer.Root.TryGetProperty("cluster_uuid", out JsonElement uuid) ? uuid.GetString() ?? "" : "";
        return (id, number.GetString() ?? "", isOpenSearch);
    }

    /// <summary>A proxy on the way may not; an empty search tells.</summary>
    private static async Task<bool> TakesPackedAsync(ElasticClient client, CancellationToken cancellationToken)
    {
        try
        {
            ElasticCall probe = ElasticCall.Post("/logview-probe-*/_search", Encoding.UTF8.GetBytes("""{"size":0}"""));
            using ElasticAnswer answer = await client.SendAsync(probe with { IsPacked = true }, cancellationToken);
            return true;
        }
        catch (ElasticException e) when (e.Status is not null && !e.MayPass)
        {
            return false;
        }
    }

    /// <summary>The version does not tell: a template is tried out without keeping it.</summary>
    private static async Task<bool> HasDataStreamsAsync(ElasticClient client, CancellationToken cancellationToken)
    {
        byte[] probe = Encoding.UTF8.GetBytes("""{"index_patterns":["logview-probe"],"priority":700,"data_stream":{}}""");
        try
        {
            using ElasticAnswer answer = await client.SendAsync(ElasticCall.Post("/_index_template/_simulate", probe), cancellationToken);
            return true;
        }
        catch (ElasticException e) when (e.Failure == ElasticFailure.Rejected)
        {
            return false;
        }
    }
}
