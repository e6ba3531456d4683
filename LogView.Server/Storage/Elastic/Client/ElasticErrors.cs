using System.Net;
using System.Security.Authentication;
using System.Text.Json;

namespace LogView.Server.Storage.Elastic.Client;

/// <summary>Failures as one sentence that says what to do.</summary>
internal static class ElasticErrors
{
    /// <summary>Characters of the cluster's own reason that are shown.</summary>
    private const int MaxReason = 300;

    private const string Blocked =
        "The cluster takes no writes: its disk is nearly full or an index is read-only; free space or remove the block, then LogView sends what it kept";

    /// <summary>The cluster's names for shards of which no copy is there.</summary>
    public static readonly IReadOnlySet<string> NoShards = new HashSet<string>(
        ["unavailable_shards_exception", "no_shard_available_action_exception", "search_phase_execution_exception", "index_primary_shard_not_allocated_exception"],
        StringComparer.Ordinal);

    public static ElasticException Of(Uri node, HttpStatusCode status, byte[] body)
    {
        (string? type, string? reason) = Read(body);
        ElasticFailure failure = FailureOf(status, type, reason);
        return new ElasticException(failure, Sentence(node, failure, status, type, reason)) { Status = status, ErrorType = type, Reason = reason };
    }

    /// <summary>Of one event in an answer that is good as a whole.</summary>
    public static ElasticException OfItem(ElasticFailure failure, HttpStatusCode status, string? type, string? reason)
    {
        // An index that is not there comes with the next try, which makes it.
        ElasticFailure meant = failure == ElasticFailure.NotFound ? ElasticFailure.Busy : failure;
        string sentence = meant switch
        {
            ElasticFailure.Blocked => Blocked,
            ElasticFailure.Busy => BusySentence(status, type),
            _ => $"The cluster does not take events now ({(int)status}{(type is null ? "" : $", {type}")}): LogView keeps them and tries again",
        };
        return new ElasticException(meant, sentence) { Status = status, ErrorType = type, Reason = reason };
    }

    public static ElasticException Unreachable(Uri node, Exception e)
    {
        if (Find<AuthenticationException>(e) is not null)
        {
            return new ElasticException(
                ElasticFailure.Untrusted,
                $"The certificate of {node.Authority} is not trusted: it may have expired, be for another host name, or be signed by an authority that "
                + "--elastic-ca or --elastic-fingerprint has to name",
                e);
        }

        return new ElasticException(
            ElasticFailure.Unreachable, $"The cluster cannot be reached at {node.Authority}: check that it runs and that --elastic-url names it ({Cause(e)})", e);
    }

    public static ElasticException SentOn(Uri node, HttpStatusCode status, Uri? to)
    {
        string where = to is { IsAbsoluteUri: true } ? to.GetLeftPart(UriPartial.Authority) : "another address";
        return new ElasticException(
            ElasticFailure.Rejected, $"{node.Authority} sends requests on to {where} ({(int)status}): --elastic-url has to name where the cluster itself answers")
        {
            Status = status,
        };
    }

    public static ElasticException TimedOut(Uri node, TimeSpan after) => new(
        ElasticFailure.Busy, $"{node.Authority} did not answer within {after.TotalSeconds:0} s: the cluster is too busy, or the search too wide; narrow the time range or try again")
    {
        IsTimeout = true,
    };

    /// <summary>The cluster's error as one of items in a longer answer.</summary>
    public static (string? Type, string? Reason) Read(JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object)
        {
            return (null, error.ValueKind == JsonValueKind.String ? error.GetString() : null);
        }

        JsonElement inner = error;
        for (int depth = 0; depth < 8; depth++)
        {
            if (inner.TryGetProperty("root_cause", out JsonElement roots) && roots.ValueKind == JsonValueKind.Array && roots.GetArrayLength() > 0)
            {
                inner = roots[0];
            }
            else if (inner.TryGetProperty("caused_by", out JsonElement cause) && cause.ValueKind == JsonValueKind.Object && !inner.TryGetProperty("reason", out _))
            {
                inner = cause;
            }
            else
            {
                break;
            }
        }

        return (Text(inner, "type"), Text(inner, "reason"));
    }

    public static ElasticFailure FailureOf(HttpStatusCode status, string? type, string? reason) => (int)status switch
    {
        401 or 403 when type is "cluster_block_exception" => ElasticFailure.Blocked,
        401 or 403 => ElasticFailure.Refused,
        400 when type is "index_closed_exception" => ElasticFailure.Blocked,
        404 => ElasticFailure.NotFound,
        413 => ElasticFailure.TooLarge,
        429 when type is "cluster_block_exception" => ElasticFailure.Blocked,
        429 when reason?.Contains("Data too large", StringComparison.Ordinal) is true => ElasticFailure.Busy,
        429 or 502 or 503 or 504 => ElasticFailure.Busy,
        _ => ElasticFailure.Rejected,
    };

    private static string Sentence(Uri node, ElasticFailure failure, HttpStatusCode status, string? type, string? reason) => failure switch
    {
        ElasticFailure.Refused when status == HttpStatusCode.Unauthorized =>
            $"{node.Authority} does not accept the credentials (401): check --elastic-user and its password, or the API key or token",
        ElasticFailure.Refused => $"The credentials for {node.Authority} lack a right (403): give them those that docs/operations.md lists",
        ElasticFailure.Blocked => Blocked,
        ElasticFailure.TooLarge => $"{node.Authority} takes no request of this size (413): raise http.max_content_length or what a proxy before it allows",
        ElasticFailure.Busy => BusySentence(status, type),
        _ => $"The cluster refused a request ({(int)status}{(type is null ? "" : $", {type}")}): {Short(reason)}",
    };

    private static string BusySentence(HttpStatusCode status, string? type)
    {
        string said = $"{(int)status}{(type is null ? "" : $", {type}")}";
        return type switch
        {
            _ when status == HttpStatusCode.TooManyRequests =>
                $"The cluster is too busy ({said}): LogView keeps what arrives and tries again; if it stays so, the cluster needs more nodes or memory, or fewer searches",
            "master_not_discovered_exception" or "cluster_manager_not_discovered_exception" =>
                $"The cluster has no elected master ({said}): start its other nodes; LogView keeps what arrives and tries again",
            not null when NoShards.Contains(type) =>
                $"Shards of the cluster are away ({said}): GET /_cluster/health on it says how many; LogView keeps what arrives and sends it when they are back",
            _ => $"The cluster, or a proxy before it, is not ready ({said}): LogView keeps what arrives and tries again",
        };
    }

    private static (string? Type, string? Reason) Read(byte[] body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("error", out JsonElement error)
                ? Read(error)
                : (null, null);
        }
        catch (JsonException)
        {
            return (null, null);
        }
    }

    private static string Short(string? reason) => reason is null ? "it gave no reason" : reason.Length <= MaxReason ? reason : reason[..MaxReason] + "…";

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Cause(Exception e)
    {
        while (e.InnerException is { } inner)
        {
            e = inner;
        }

        return e.Message;
    }

    private static T? Find<T>(Exception? e)
        where T : Exception
    {
        while (e is not null and not T)
        {
            e = e.InnerException;
        }

        return e as T;
    }
}
