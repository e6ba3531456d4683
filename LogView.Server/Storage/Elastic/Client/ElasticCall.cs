namespace LogView.Server.Storage.Elastic.Client;

/// <summary>One request to the cluster.</summary>
/// <param name="Method">GET, POST, PUT, DELETE or HEAD.</param>
/// <param name="Path">From the slash on, escaped.</param>
/// <param name="Body">JSON or NDJSON; null: none.</param>
internal sealed record ElasticCall(HttpMethod Method, string Path, ReadOnlyMemory<byte>? Body = null)
{
    public const string Json = "application/json";
    public const string NdJson = "application/x-ndjson";

    public string ContentType { get; init; } = Json;

    /// <summary>Doing it twice is the same as doing it once, so that it may be sent again when nobody knows whether it arrived.</summary>
    public bool IsRepeatable { get; init; } = true;

    /// <summary>The body goes packed whatever its size.</summary>
    public bool IsPacked { get; init; }

    /// <summary>404 is an answer, not a failure.</summary>
    public bool MayBeMissing { get; init; }

    /// <summary>Said as <c>X-Opaque-Id</c>, by which the cluster's task list names the request; null: none.</summary>
    public string? Tag { get; init; }

    public static ElasticCall Get(string path) => new(HttpMethod.Get, path);

    public static ElasticCall Post(string path, byte[] body) => new(HttpMethod.Post, path, body);

    public static ElasticCall Put(string path, byte[] body) => new(HttpMethod.Put, path, body);

    public static ElasticCall Delete(string path) => new(HttpMethod.Delete, path) { MayBeMissing = true };
}
