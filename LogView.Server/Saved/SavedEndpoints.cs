using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Saved;
using LogView.Server.Accounts;

namespace LogView.Server.Saved;

/// <summary><c>/api/v1/views</c>: saved views for programs. A change names the version it was made from; 409 has what is there now.</summary>
public static class SavedEndpoints
{
    public static void MapSavedObjects(this IEndpointRouteBuilder endpoints) => endpoints.MapKind("/api/v1/views", SavedKinds.View, "view");

    private static void MapKind(this IEndpointRouteBuilder endpoints, string path, string kind, string word)
    {
        RouteGroupBuilder group = endpoints.MapGroup(path).RequireRight(Rights.Search).WithTags("Saved");
        group.MapGet("/", (HttpContext context, ISavedObjects saved) => ListAsync(context, saved, kind))
            .WithSummary($"Lists the {word}s you may see, by name.").Produces<SavedListAnswer>();
        group.MapPost("/", (HttpContext context, ISavedObjects saved) => CreateAsync(context, saved, kind, path))
            .WithSummary($"Saves a new {word}.").Produces<SavedAnswer>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapGet("/{id}", async (HttpContext context, ISavedObjects saved, string id) =>
                SavedAnswers.Of(await saved.FindAsync(kind, id, context.Viewer(), context.RequestAborted)))
            .WithSummary($"One {word}.").Produces<SavedAnswer>().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPut("/{id}", (HttpContext context, ISavedObjects saved, string id) => ReplaceAsync(context, saved, kind, id))
            .WithSummary($"Replaces a {word} that still has the version the change was made from.").Produces<SavedAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapDelete("/{id}", (HttpContext context, ISavedObjects saved, string id, string? version) => DeleteAsync(context, saved, kind, id, version))
            .WithSummary($"Deletes a {word} that still has this version.").Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ListAsync(HttpContext context, ISavedObjects saved, string kind)
    {
        SavedListOutcome outcome = await saved.ListAsync(kind, context.Viewer(), context.RequestAborted);
        return outcome.Objects is { } objects ? Results.Ok(new SavedListAnswer([.. objects.Select(SavedAnswer.Of)])) : SavedAnswers.Of(outcome.Problem!);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, ISavedObjects saved, string kind, string path)
    {
        (SavedBody? body, IResult? problem) = await SavedBody.ReadAsync(context);
        if (body is null)
        {
            return problem!;
        }

        SavedOutcome outcome = await saved.CreateAsync(body.ToDraft(kind), context.Viewer(), context.RequestAborted);
        return outcome.Object is { } created ? Results.Created($"{path}/{created.Id}", SavedAnswer.Of(created)) : SavedAnswers.Of(outcome);
    }

    private static async Task<IResult> ReplaceAsync(HttpContext context, ISavedObjects saved, string kind, string id)
    {
        (SavedBody? body, IResult? problem) = await SavedBody.ReadAsync(context);
        if (body is null)
        {
            return problem!;
        }

        return string.IsNullOrEmpty(body.Version)
            ? SavedAnswers.MissingVersion("in the body")
            : SavedAnswers.Of(await saved.ReplaceAsync(id, body.Version, body.ToDraft(kind), context.Viewer(), context.RequestAborted));
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, ISavedObjects saved, string kind, string id, string? version)
    {
        if (string.IsNullOrEmpty(version))
        {
            return SavedAnswers.MissingVersion("as a parameter");
        }

        SavedOutcome outcome = await saved.DeleteAsync(kind, id, version, context.Viewer(), context.RequestAborted);
        return outcome.Object is null ? SavedAnswers.Of(outcome) : Results.NoContent();
    }
}
