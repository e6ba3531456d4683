using System.Net;

namespace LogView.Server.Storage.Elastic.Client;

/// <summary>Why a request to the cluster failed, for programs.</summary>
public enum ElasticFailure : byte
{
    /// <summary>No node answers; a later try may succeed.</summary>
    Unreachable,

    /// <summary>The cluster is too busy or not ready; a later try may succeed.</summary>
    Busy,

    /// <summary>An index takes no writes: flood stage, read-only, closed. Somebody has to act.</summary>
    Blocked,

    /// <summary>Credentials are missing or wrong, or lack a right. Somebody has to act.</summary>
    Refused,

    /// <summary>The node's certificate is not trusted. Somebody has to act.</summary>
    Untrusted,

    /// <summary>The request is too large for the cluster.</summary>
    TooLarge,

    /// <summary>What the request names is not there.</summary>
    NotFound,

    /// <summary>The cluster understood and said no.</summary>
    Rejected,
}

/// <summary>A request failed. The message is one sentence that says what to do; it never holds a secret.</summary>
public sealed class ElasticException : StoreUnavailableException
{
    public ElasticException()
        : this(ElasticFailure.Rejected, "The cluster refused the request")
    {
    }

    public ElasticException(string message)
        : this(ElasticFailure.Rejected, message)
    {
    }

    public ElasticException(string message, Exception innerException)
        : base(message, innerException) => Failure = ElasticFailure.Unreachable;

    public ElasticException(ElasticFailure failure, string message, Exception? inner = null)
        : base(message, inner) => Failure = failure;

    public ElasticFailure Failure { get; }

    public HttpStatusCode? Status { get; init; }

    /// <summary>The cluster's name for the error, such as <c>too_many_buckets_exception</c>; null when it gave none.</summary>
    public string? ErrorType { get; init; }

    /// <summary>The cluster's reason; may quote the request, so it is not for logs.</summary>
    public string? Reason { get; init; }

    /// <summary>The node took the request and did not answer in time.</summary>
    public bool IsTimeout { get; init; }

    /// <summary>No copy of any shard that was asked is there.</summary>
    public bool AreShardsAway => Status == HttpStatusCode.ServiceUnavailable && ErrorType is not null && ElasticErrors.NoShards.Contains(ErrorType);

    public bool MayPass => Failure is ElasticFailure.Unreachable or ElasticFailure.Busy;
}
