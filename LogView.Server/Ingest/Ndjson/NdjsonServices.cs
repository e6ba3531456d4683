using LogView.Client.Contracts.Accounts;
using LogView.Server.Accounts;

namespace LogView.Server.Ingest.Ndjson;

public static class NdjsonServices
{
    /// <summary>Maps <c>/ingest/{data stream}</c> and Seq's <c>/api/events/raw</c>. Needs <c>AddPipeline</c> and <c>AddIngestHttp</c>.</summary>
    public static void MapNdjson(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/ingest/{dataStream}", NdjsonEndpoint.HandleAsync).RequireRight(Rights.Ingest)
            .WithSummary("Takes in events: NDJSON, a JSON array, JSON objects one after another, or plain lines");
        endpoints.MapPost("/api/events/raw", ClefEndpoint.HandleAsync).RequireRight(Rights.Ingest)
            .WithSummary("Takes in events in compact log event format, as Seq's clients send them");
    }
}
