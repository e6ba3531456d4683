using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Saved;
using LogView.Server.Accounts;
using LogView.Server.Platform;

namespace LogView.Server.Saved;

/// <summary>Short links: <c>POST /api/v1/links</c> makes one, <c>/s/{id}</c> follows it.</summary>
public static class LinkEndpoints
{
    /// <summary>An address with a query of 16,384 characters, percent-encoded.</summary>
    private const int MaxBodyBytes = 256 * 1024;

    public static void MapLinks(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/api/v1/links", CreateAsync).RequireRight(Rights.Search).WithTags("Saved")
            .WithSummary("The short link to an address of this LogView; the same address has the same link.")
            .Produces<LinkAnswer>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status400BadRequest);
        endpoints.MapGet(LinkContent.Path + "{id}", FollowAsync).RequireRight(Rights.Search).ExcludeFromDescription();
    }

    private static async Task<IResult> CreateAsync(HttpContext context, ISavedObjects saved)
    {
        (LinkBody? body, IResult? problem) = await StrictJson.ReadAsync<LinkBody>(context, MaxBodyBytes, "a JSON object with address");
        if (body is null)
        {
            return problem!;
        }

        SavedOutcome outcome = await saved.LinkAsync(body.Address ?? "", context.Viewer(), context.RequestAborted);
        if (outcome.Object is not { } link)
        {
            return SavedAnswers.Of(outcome);
        }

        string url = $"{context.Request.Scheme}://{context.Request.Host}{LinkContent.Path}{link.Id}";
        return Results.Created(url, new LinkAnswer(link.Id, url));
    }

    /// <summary>Leads to the address, or to the page that says there is none.</summary>
    private static async Task<IResult> FollowAsync(HttpContext context, ISavedObjects saved, string id)
    {
        SavedOutcome outcome = await saved.FindAsync(SavedKinds.Link, id, context.Viewer(), context.RequestAborted);
        return outcome switch
        {
            { Object: { } link } when LinkContent.Read(link.Content) is { } address => Results.LocalRedirect(address),
            { Problem.Kind: SavedProblemKind.Unavailable } => SavedAnswers.Of(outcome),
            _ => Results.NotFound(),
        };
    }
}

/// <param name="Address">Within this LogView, from the first slash on: <c>/discover?q=error</c>.</param>
public sealed record LinkBody(string? Address);

/// <param name="Url">At most 60 characters with a host of at most 36.</param>
public sealed record LinkAnswer(string Id, string Url);
