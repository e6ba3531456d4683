using System.Globalization;
using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Saved;
using LogView.Server.Accounts;
using LogView.Server.Platform;

namespace LogView.Server.Saved;

/// <summary><c>/api/v1/marks</c>: moments that a deploy script tells, drawn in the histogram. Everybody who may search sees all of them.</summary>
public static class MarkEndpoints
{
    private const string Path = "/api/v1/marks";
    private const int MaxBodyBytes = 16 * 1024;

    public static void MapMarks(this IEndpointRouteBuilder endpoints)
    {
        RouteGroupBuilder group = endpoints.MapGroup(Path).RequireRight(Rights.Search).WithTags("Saved");
        group.MapPost("/", CreateAsync).WithSummary("Marks a moment, such as a deployment: now unless a time is given.")
            .Produces<MarkAnswer>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapGet("/", ListAsync).WithSummary("Lists the marks, newest first.").Produces<MarkListAnswer>();
        group.MapDelete("/{id}", DeleteAsync).WithSummary("Deletes a mark of one's own; administrators delete any.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, ISavedObjects saved, TimeProvider clock)
    {
        (MarkBody? body, IResult? problem) = await StrictJson.ReadAsync<MarkBody>(context, MaxBodyBytes, "a JSON object with label and time");
        if (body is null)
        {
            return problem!;
        }

        Timestamp at = Timestamp.Now(clock);
        if (body.Time is { } text)
        {
            if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) || !text.Contains('T', StringComparison.Ordinal))
            {
                return Results.Problem("time: expected an instant such as 2026-11-22T14:00:00Z", statusCode: StatusCodes.Status400BadRequest);
            }

            at = Timestamp.From(time);
        }

        SavedOutcome outcome = await saved.CreateAsync(new SavedDraft(SavedKinds.Mark, body.Label ?? "", SavedAccess.View, MarkContent.Write(at)), context.Viewer(), context.RequestAborted);
        return outcome switch
        {
            { Object: { } mark } => Results.Created($"{Path}/{mark.Id}", MarkAnswer.Of(mark)),
            { Problem.Kind: SavedProblemKind.Invalid } => Results.Problem($"label: expected 1 to {SavedLimits.MaxNameLength} characters", statusCode: StatusCodes.Status400BadRequest),
            _ => SavedAnswers.Of(outcome),
        };
    }

    private static async Task<IResult> ListAsync(HttpContext context, ISavedObjects saved)
    {
        SavedListOutcome outcome = await saved.ListAsync(SavedKinds.Mark, context.Viewer(), context.RequestAborted);
        return outcome.Objects is { } objects
            ? Results.Ok(new MarkListAnswer([.. objects.Select(MarkAnswer.Of).OrderByDescending(m => m.Time, StringComparer.Ordinal)]))
            : SavedAnswers.Of(outcome.Problem!);
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, ISavedObjects saved, string id)
    {
        SavedOutcome found = await saved.FindAsync(SavedKinds.Mark, id, context.Viewer(), context.RequestAborted);
        if (found.Object is { } mark)
        {
            found = await saved.DeleteAsync(SavedKinds.Mark, id, mark.Version, context.Viewer(), context.RequestAborted);
        }

        return found.Object is null ? SavedAnswers.Of(found) : Results.NoContent();
    }
}

/// <param name="Label">What happened: <c>shop 1.4.2</c>.</param>
/// <param name="Time">An instant; left out: now.</param>
public sealed record MarkBody(string? Label, string? Time);

public sealed record MarkListAnswer(IReadOnlyList<MarkAnswer> Marks);

/// <param name="Time">UTC.</param>
/// <param name="By">Who told it.</param>
public sealed record MarkAnswer(string Id, string Label, string Time, string By)
{
    public static MarkAnswer Of(SavedObject saved) => new(saved.Id, saved.Name, MarkContent.Read(saved.Content)?.ToString() ?? "", saved.Owner);
}
