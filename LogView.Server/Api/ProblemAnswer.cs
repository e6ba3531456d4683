using System.Text.Json.Serialization;
using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Server.Api.Json;
using LogView.Server.Api.Parsing;
using Microsoft.AspNetCore.WebUtilities;

namespace LogView.Server.Api;

/// <summary>A problem document (RFC 9457). <see cref="Query"/> is there when a query does not parse.</summary>
public sealed record ProblemAnswer
{
    public string Type { get; init; } = "about:blank";

    public required string Title { get; init; }

    public required int Status { get; init; }

    public required string Detail { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public QueryProblem? Query { get; init; }

    /// <summary>What may be typed at the cursor of a query that does not parse (yet).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CompletionAnswer? Completion { get; init; }
}

/// <summary>Where and why a query does not parse: line and column from 1 in UTF-16 units, and the whole query as it may have been meant.</summary>
public sealed record QueryProblem(int Line, int Column, int Offset, int Length, string Expected, string Found, string? Suggestion)
{
    public static QueryProblem? Of(QueryError? error) =>
        error is null ? null : new QueryProblem(error.Line, error.Column, error.Offset, error.Length, error.Expected, error.Found, error.Suggestion);
}

/// <summary>Turns <see cref="ApiProblemException"/> into answers, around every endpoint of the API.</summary>
internal sealed class ProblemFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (ApiProblemException e) when (!context.HttpContext.Response.HasStarted)
        {
            return Problems.Answer(e.Status, e.Message, e.Query);
        }
        catch (SearchUnavailableException e) when (!context.HttpContext.Response.HasStarted)
        {
            return Problems.Answer(StatusCodes.Status503ServiceUnavailable, e.Message);
        }
        catch (BadHttpRequestException e) when (!context.HttpContext.Response.HasStarted)
        {
            return Problems.Answer(e.StatusCode, e.Message);
        }
        catch (OperationCanceledException) when (context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there any more to read an answer.
            return Results.Empty;
        }
    }
}

internal static class Problems
{
    public const string MediaType = "application/problem+json";

    /// <summary>The sentence for a path that is only known under other methods.</summary>
    public static string WrongMethod(HttpContext context, string allowed) =>
        $"{Names.Shorten(context.Request.Path)} does not take {Names.Shorten(context.Request.Method)}; it takes {allowed}";

    public static IResult Answer(int status, string detail, QueryError? query = null, CompletionAnswer? completion = null) => TypedResults.Json(
        new ProblemAnswer
        {
            Title = ReasonPhrases.GetReasonPhrase(status), Status = status, Detail = detail, Query = QueryProblem.Of(query), Completion = completion,
        },
        ApiJson.Options, MediaType, status);
}
