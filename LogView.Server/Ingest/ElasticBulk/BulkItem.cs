using LogView.Server.Ingest.Pipeline;

namespace LogView.Server.Ingest.ElasticBulk;

/// <summary>One action of a request and what became of it, as Elasticsearch says it.</summary>
/// <param name="Action">As asked.</param>
/// <param name="Index">Where to, as asked.</param>
/// <param name="Id">Given or made; null when there is none.</param>
/// <param name="Status">HTTP status of the item.</param>
/// <param name="ErrorType">Null when all is well.</param>
/// <param name="Reason">Of the error.</param>
internal readonly record struct BulkItem(string Action, string Index, string? Id, int Status, string? ErrorType = null, string? Reason = null)
{
    public static BulkItem Of(in BulkAction action, string index, in WriteOutcome outcome) => outcome.Status switch
    {
        WriteStatus.Stored => new(action.Name, index, outcome.Id.Value, StatusCodes.Status201Created),
        WriteStatus.AlreadyThere when action.Verb == BulkVerb.Index => new(action.Name, index, outcome.Id.Value, StatusCodes.Status200OK),
        WriteStatus.AlreadyThere => Conflict(action, index, outcome.Id, "document already exists (current version [1])"),
        WriteStatus.Conflict when action.Verb == BulkVerb.Index =>
            Conflict(action, index, outcome.Id, "an event with this id and another source exists, and events never change"),
        WriteStatus.Conflict => Conflict(action, index, outcome.Id, "document already exists (current version [1])"),
        _ => new(action.Name, index, action.Id, StatusCodes.Status400BadRequest, "document_parsing_exception", outcome.Reason),
    };

    public string Result => Status == StatusCodes.Status201Created ? "created" : "noop";

    private static BulkItem Conflict(in BulkAction action, string index, EventId id, string reason) =>
        new(action.Name, index, id.Value, StatusCodes.Status409Conflict, "version_conflict_engine_exception", $"[{id.Value}]: version conflict, {reason}");
}
