namespace LogView.Server.Platform;

/// <summary>
/// The Elasticsearch-compatible endpoints are mapped once, below this path of the main port. A request on the port of their own
/// gets the path in front, so that it cannot reach anything else.
/// </summary>
public static class ElasticPath
{
    public const string Prefix = "/elastic";

    /// <summary>True when the answer must have Elasticsearch's shape, errors too.</summary>
    public static bool Covers(HttpRequest request) => request.Path.StartsWithSegments(Prefix, StringComparison.Ordinal);
}
