using System.Text;
using System.Text.Json.Nodes;
using LogView.Server.Storage.Aggregations;
using LogView.Server.Storage.Elastic.Client;
using LogView.Server.Storage.Elastic.Reading.Holding;

namespace LogView.Server.Storage.Elastic.Reading;

/// <summary>Sends search bodies to the indices of a scope; a cancelled one ends on the cluster too.</summary>
/// <param name="held">What is looked through as long as it is held; null: the indices as they are.</param>
internal sealed class SearchSender(ElasticClient client, ClusterTasks tasks, PointInTime? held = null)
{
    public async Task<ElasticAnswer> SendAsync(SearchScope scope, JsonObject body, CancellationToken cancellationToken)
    {
        string tag = ClusterTasks.NewTag();
        ElasticCall call = ElasticCall.Post(
            $"/{scope.Path}/_search?ignore_unavailable=true&expand_wildcards=open,hidden", Encoding.UTF8.GetBytes(body.ToJsonString()));
        try
        {
            if (held is { IsHeld: true } && await held.SearchAsync(scope, body, tag, cancellationToken) is { } answer)
            {
                return answer;
            }

            return await client.SendAsync(call with { Tag = tag }, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            tasks.End(tag);
            throw;
        }
        catch (ElasticException e) when (e.IsTimeout)
        {
            tasks.End(tag);
            throw;
        }
        catch (ElasticException e) when (e.ErrorType is "too_many_buckets_exception")
        {
            throw new TooManyBucketsException("The aggregations make more buckets than the cluster allows: ask for a wider interval, smaller terms or less nesting", e);
        }
    }
}
