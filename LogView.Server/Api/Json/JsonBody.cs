using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace LogView.Server.Api.Json;

/// <summary>Reads request bodies. Throws <see cref="ApiProblemException"/> for anything that is not what the type says.</summary>
internal static class JsonBody
{
    /// <summary>Bytes of a request body: far above any query, far below what would hurt.</summary>
    public const int MaxBytes = 1024 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = ApiJson.MaxDepth };

    public static async Task<T> ReadAsync<T>(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            throw new ApiProblemException(
                StatusCodes.Status415UnsupportedMediaType,
                $"The body is {Names.Shorten(context.Request.ContentType ?? "of no media type")}: expected application/json");
        }

        byte[] body = await ReadBytesAsync(context);
        if (!Utf8.IsValid(body))
        {
            throw ApiProblemException.BadRequest("The body is not UTF-8");
        }

        try
        {
            using JsonDocument document = Parse(body);
            return StrictJson.Problem<T>(document.RootElement) is { } problem
                ? throw ApiProblemException.BadRequest(problem)
                : document.RootElement.Deserialize((JsonTypeInfo<T>)ApiJson.Options.GetTypeInfo(typeof(T)))!;
        }
        catch (Exception e) when (e is InvalidOperationException or JsonException)
        {
            // The one thing that is only found when a text is read.
            throw ApiProblemException.BadRequest("The body has a string that is no text: half of a surrogate pair such as \\ud800");
        }
    }

    private static JsonDocument Parse(byte[] body)
    {
        try
        {
            return JsonDocument.Parse(body, Strict);
        }
        catch (JsonException e)
        {
            string place = e is { LineNumber: { } line, BytePositionInLine: { } at } ? $" at line {line + 1}, byte {at + 1}" : "";
            throw ApiProblemException.BadRequest($"The body is not JSON{place}: {Reason(e.Message)}");
        }
    }

    private static async Task<byte[]> ReadBytesAsync(HttpContext context)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > MaxBytes)
            {
                throw new ApiProblemException(StatusCodes.Status413PayloadTooLarge, $"The body is larger than {MaxBytes} bytes");
            }
        }

        return bytes.ToArray();
    }

    /// <summary>The parser's sentence without the place it repeats.</summary>
    private static string Reason(string message)
    {
        int place = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return Names.Shorten(place < 0 ? message : message[..place]);
    }
}
