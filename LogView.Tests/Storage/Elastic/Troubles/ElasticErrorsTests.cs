using System.Net;
using System.Text;
using LogView.Server.Storage.Elastic.Client;

namespace LogView.Tests.Storage.Elastic.Troubles;

/// <summary>Every failure is one sentence with what to do. Bodies as Elasticsearch gives them.</summary>
public sealed class ElasticErrorsTests
{
    private static readonly Uri Node = new("http://es-1:9200");

    [Theory]
    [InlineData(401, "security_exception", ElasticFailure.Refused, "es-1:9200 does not accept the credentials (401): check --elastic-user and its password, or the API key or token")]
    [InlineData(403, "security_exception", ElasticFailure.Refused, "The credentials for es-1:9200 lack a right (403): give them those that docs/operations.md lists")]
    [InlineData(403, "cluster_block_exception", ElasticFailure.Blocked, "The cluster takes no writes: its disk is nearly full or an index is read-only; free space or remove the block, then LogView sends what it kept")]
    [InlineData(429, "cluster_block_exception", ElasticFailure.Blocked, "The cluster takes no writes: its disk is nearly full or an index is read-only; free space or remove the block, then LogView sends what it kept")]
    [InlineData(413, null, ElasticFailure.TooLarge, "es-1:9200 takes no request of this size (413): raise http.max_content_length or what a proxy before it allows")]
    [InlineData(429, "es_rejected_execution_exception", ElasticFailure.Busy, "The cluster is too busy (429, es_rejected_execution_exception): LogView keeps what arrives and tries again; if it stays so, the cluster needs more nodes or memory, or fewer searches")]
    [InlineData(503, "unavailable_shards_exception", ElasticFailure.Busy, "Shards of the cluster are away (503, unavailable_shards_exception): GET /_cluster/health on it says how many; LogView keeps what arrives and sends it when they are back")]
    [InlineData(503, "master_not_discovered_exception", ElasticFailure.Busy, "The cluster has no elected master (503, master_not_discovered_exception): start its other nodes; LogView keeps what arrives and tries again")]
    [InlineData(503, "cluster_manager_not_discovered_exception", ElasticFailure.Busy, "The cluster has no elected master (503, cluster_manager_not_discovered_exception): start its other nodes; LogView keeps what arrives and tries again")]
    [InlineData(502, null, ElasticFailure.Busy, "The cluster, or a proxy before it, is not ready (502): LogView keeps what arrives and tries again")]
    [InlineData(400, "parsing_exception", ElasticFailure.Rejected, "The cluster refused a request (400, parsing_exception): because")]
    public void Of_Answer_IsASentenceWithWhatToDo(int status, string? type, object failure, string sentence)
    {
        byte[] body = Encoding.UTF8.GetBytes(type is null ? "<html>" : $$$"""{"error":{"root_cause":[{"type":"{{{type}}}","reason":"because"}],"type":"{{{type}}}","reason":"because"},"status":{{{status}}}}""");

        ElasticException error = ElasticErrors.Of(Node, (HttpStatusCode)status, body);

        Assert.Equal(failure, error.Failure);
        Assert.Equal(sentence, error.Message);
    }
}
