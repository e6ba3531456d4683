using LogView.Client.Contracts.DataStreams;
using LogView.Client.Contracts.Events;

namespace LogView.Server.Storage.Elastic;

/// <summary>Which cluster, and how to get in.</summary>
public sealed record ElasticEngineOptions
{
    /// <summary>Any of the cluster's nodes; tried in turn. At least one. <c>http</c> or <c>https</c>, without user information.</summary>
    public IReadOnlyList<Uri> Nodes { get; init; } = [];

    /// <summary>With <see cref="Password"/>: basic authentication.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>The encoded key, as Elasticsearch gives it: base64 of <c>id:key</c>.</summary>
    public string? ApiKey { get; init; }

    public string? BearerToken { get; init; }

    /// <summary>PEM or DER file of the authority that signed the nodes' certificates; null: the machine's own trust.</summary>
    public string? CaFile { get; init; }

    /// <summary>SHA-256 of the nodes' certificate or of their authority's, in hex, colons allowed; null: not looked at.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>
    /// Begins the name of every index that this LogView writes and looks at; left out of the names of data streams. Empty: everything in the cluster.
    /// Several LogViews share a cluster by it.
    /// </summary>
    public string Prefix { get; init; } = "";

    /// <summary>The date field that tells when events were, by pattern of data streams that others fill; the longest pattern that fits counts.</summary>
    public IReadOnlyDictionary<string, string> TimeFields { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How long one request may take before it is given up. Long aggregations take their time.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What is kept of a data stream of LogView's own; asked each time it is looked at.</summary>
    public Func<DataStreamName, Retention> Retention { get; init; } = _ => new Retention(null, null);

    /// <summary>Absolute folder for what the engine has to remember; created when missing.</summary>
    public string Directory { get; init; } = "";

    /// <summary>Without the values: some of them are secrets.</summary>
    public override string ToString() => $"{nameof(ElasticEngineOptions)} of {string.Join(", ", Nodes.Select(n => n.Authority))}";
}
