using System.Text.Json.Serialization;

namespace LogView.Server.Ingest.Ndjson;

/// <summary>What became of a request.</summary>
/// <param name="Accepted">Events that are durable.</param>
/// <param name="Rejected">Events that are not taken.</param>
/// <param name="Errors">Why, for the first <see cref="MaxErrors"/> of them.</param>
internal sealed record IngestAnswer(long Accepted, long Rejected, IReadOnlyList<IngestError> Errors)
{
    /// <summary>A body of broken lines must not make an answer as long as itself.</summary>
    public const int MaxErrors = 100;
}

/// <param name="Line">Line of the body on which the event begins, from 1.</param>
/// <param name="Reason">One sentence.</param>
internal sealed record IngestError(long Line, string Reason);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IngestAnswer))]
internal sealed partial class IngestJson : JsonSerializerContext;
