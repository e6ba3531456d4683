using System.Text.Json.Nodes;
using LogView.Client.Contracts.Saved;

namespace LogView.Server.Saved;

public sealed record SavedListAnswer(IReadOnlyList<SavedAnswer> Objects);

/// <param name="Access">private, view or edit.</param>
public sealed record SavedAnswer(
    string Id, string Name, string Owner, string Access, JsonNode? Content, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string UpdatedBy, string Version)
{
    public static SavedAnswer Of(SavedObject saved) => new(saved.Id, saved.Name, saved.Owner, saved.Access switch
    {
        SavedAccess.View => "view",
        SavedAccess.Edit => "edit",
        _ => "private",
    }, JsonNode.Parse(saved.Content), saved.CreatedAt, saved.UpdatedAt, saved.UpdatedBy, saved.Version);
}

/// <summary>Outcomes as answers of the HTTP API.</summary>
internal static class SavedAnswers
{
    public static IResult Of(SavedOutcome outcome) => outcome.Object is { } saved ? Results.Ok(SavedAnswer.Of(saved)) : Of(outcome.Problem!);

    /// <summary>A problem document; that of a conflict has what is there now as <c>current</c>.</summary>
    public static IResult Of(SavedProblem problem) => Results.Problem(problem.Message, statusCode: problem.Kind switch
    {
        SavedProblemKind.Invalid => StatusCodes.Status400BadRequest,
        SavedProblemKind.NotFound => StatusCodes.Status404NotFound,
        SavedProblemKind.Forbidden => StatusCodes.Status403Forbidden,
        SavedProblemKind.Conflict or SavedProblemKind.Full => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status503ServiceUnavailable,
    }, extensions: problem.Current is { } current ? new Dictionary<string, object?>(StringComparer.Ordinal) { ["current"] = SavedAnswer.Of(current) } : null);

    public static IResult MissingVersion(string where) =>
        Results.Problem($"version: expected {where} the version the change was made from", statusCode: StatusCodes.Status400BadRequest);
}
