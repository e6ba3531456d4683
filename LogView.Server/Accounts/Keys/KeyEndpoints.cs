using LogView.Client.Contracts.Accounts;
using LogView.Server.Platform;

namespace LogView.Server.Accounts.Keys;

/// <summary><c>/api/v1/keys</c>: list, make, revoke.</summary>
public static class KeyEndpoints
{
    /// <summary>A label and fifty patterns fit many times over.</summary>
    private const int MaxBodyBytes = 64 * 1024;

    public static void MapKeys(this IEndpointRouteBuilder endpoints)
    {
        RouteGroupBuilder keys = endpoints.MapGroup("/api/v1/keys").RequireRight(Rights.Manage).WithTags("Accounts");
        keys.MapGet("/", ListAsync).WithSummary("Lists the keys that open LogView; never their secrets.").Produces<KeyListAnswer>();
        keys.MapPost("/", CreateAsync).WithSummary("Makes a key. The answer is the only place its secret ever is.")
            .Produces<NewKeyAnswer>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status400BadRequest);
        keys.MapDelete("/{id}", RevokeAsync).WithSummary("Revokes a key at once.").Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync(HttpContext context, IKeyAdministration keys) =>
        Results.Ok(new KeyListAnswer(await keys.ListAsync(context.Viewer(), context.RequestAborted)));

    private static async Task<IResult> CreateAsync(HttpContext context, IKeyAdministration keys)
    {
        (NewKeyBody? body, IResult? problem) = await StrictJson.ReadAsync<NewKeyBody>(context, MaxBodyBytes, "a JSON object with label, scopes and dataStreams");
        if (body is null)
        {
            return problem!;
        }

        NewKeyOutcome outcome = await keys.CreateAsync(
            new NewKey(body.Label ?? "", body.Scopes ?? [], body.DataStreams ?? ["*"]), context.Viewer(), context.RequestAborted);
        return outcome.Key is { } key
            ? Results.Created($"/api/v1/keys/{key.Id}", new NewKeyAnswer(key.Id, key.Label, key.Scopes, key.DataStreams, key.CreatedAt, outcome.Secret!))
            : Results.Problem(outcome.Problem, statusCode: StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> RevokeAsync(HttpContext context, IKeyAdministration keys, string id) =>
        await keys.RevokeAsync(id, context.Viewer(), context.RequestAborted)
            ? Results.NoContent()
            : Results.Problem($"There is no key with the id '{id}'.", statusCode: StatusCodes.Status404NotFound);
}

/// <param name="Label">What the key is for.</param>
/// <param name="Scopes">ingest, search, admin.</param>
/// <param name="DataStreams">Patterns; left out: all.</param>
public sealed record NewKeyBody(string? Label, IReadOnlyList<string>? Scopes, IReadOnlyList<string>? DataStreams);

public sealed record KeyListAnswer(IReadOnlyList<ApiKeyInfo> Keys);

/// <param name="Key">The secret; store it, it is not shown again.</param>
public sealed record NewKeyAnswer(
    string Id, string Label, IReadOnlyList<string> Scopes, IReadOnlyList<string> DataStreams, DateTimeOffset CreatedAt, string Key);
