using System.Text.Json;
using System.Text.Json.Serialization;
using LogView.Client.Contracts.Accounts;

namespace LogView.Server.Accounts.Keys;

/// <summary><c>/api/v1/keys</c>: list, make, revoke.</summary>
public static class KeyEndpoints
{
    /// <summary>A label and fifty patterns fit many times over.</summary>
    private const int MaxBodyBytes = 64 * 1024;

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false,
    };

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
        (NewKeyBody? body, string? error) = await ReadAsync(context);
        if (body is null)
        {
            return Results.Problem(error, statusCode: StatusCodes.Status400BadRequest);
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

    private static async Task<(NewKeyBody? Body, string? Error)> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > MaxBodyBytes)
        {
            return (null, $"expected at most {MaxBodyBytes} bytes");
        }

        try
        {
            NewKeyBody? body = await JsonSerializer.DeserializeAsync<NewKeyBody>(context.Request.Body, Strict, context.RequestAborted);
            return body is null ? (null, "expected a JSON object with label, scopes and dataStreams, found null") : (body, null);
        }
        catch (JsonException e)
        {
            return (null, $"expected a JSON object with label, scopes and dataStreams: {e.Message}");
        }
    }
}

/// <param name="Label">What the key is for.</param>
/// <param name="Scopes">ingest, search, admin.</param>
/// <param name="DataStreams">Patterns; left out: all.</param>
public sealed record NewKeyBody(string? Label, IReadOnlyList<string>? Scopes, IReadOnlyList<string>? DataStreams);

public sealed record KeyListAnswer(IReadOnlyList<ApiKeyInfo> Keys);

/// <param name="Key">The secret; store it, it is not shown again.</param>
public sealed record NewKeyAnswer(
    string Id, string Label, IReadOnlyList<string> Scopes, IReadOnlyList<string> DataStreams, DateTimeOffset CreatedAt, string Key);
