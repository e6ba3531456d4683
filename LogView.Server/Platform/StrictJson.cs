using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Features;

namespace LogView.Server.Platform;

/// <summary>Small JSON bodies of the API: misspelt and repeated names are refused, not ignored.</summary>
public static class StrictJson
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false, MaxDepth = 64,
    };

    /// <summary>The body, or the problem document that says what is wrong with it (400 or 413).</summary>
    /// <param name="context">Of the request.</param>
    /// <param name="maxBytes">A longer body is not read to its end, whether its length was announced or not.</param>
    /// <param name="shape">What was expected, in words: "a JSON object with …".</param>
    public static async Task<(T? Body, IResult? Problem)> ReadAsync<T>(HttpContext context, long maxBytes, string shape)
        where T : class
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = maxBytes;
        }

        try
        {
            T? body = await JsonSerializer.DeserializeAsync<T>(context.Request.Body, Strict, context.RequestAborted);
            return body is null ? (null, Problem($"expected {shape}, found null")) : (body, null);
        }
        catch (JsonException e)
        {
            return (null, Problem($"expected {shape}: {e.Message}"));
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, Results.Problem($"expected at most {maxBytes} bytes", statusCode: e.StatusCode));
        }
    }

    private static IResult Problem(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status400BadRequest);
}
