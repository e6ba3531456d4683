using System.Text.Json;
using LogView.Server.Ingest.Http;
using LogView.Server.Wal;

namespace LogView.Server.Ingest.ElasticBulk;

/// <summary>What every answer to an Elasticsearch client has: its product header, its media type mirrored, its shape of errors.</summary>
internal static class ElasticAnswer
{
    private const string ProductHeader = "X-Elastic-Product";
    private const string VendorJson = "application/vnd.elasticsearch+json";

    /// <summary>Clients check the header on every answer with 2xx, and the media type against what they asked for.</summary>
    public static void Prepare(HttpContext context)
    {
        context.Response.Headers[ProductHeader] = "Elasticsearch";
        context.Response.ContentType = MediaType(context.Request);
    }

    public static Task ErrorAsync(HttpContext context, int status, string type, string reason)
    {
        context.Response.StatusCode = status;
        return WriteAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("error");
            json.WriteStartArray("root_cause");
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteString("reason", reason);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteString("type", type);
            json.WriteString("reason", reason);
            json.WriteEndObject();
            json.WriteNumber("status", status);
            json.WriteEndObject();
        });
    }

    /// <summary>As Elasticsearch answers before it looks at what is asked: the error is one sentence without a type.</summary>
    public static Task SentenceAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        return WriteAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("error", sentence);
            json.WriteNumber("status", status);
            json.WriteEndObject();
        });
    }

    public static Task UnavailableAsync(HttpContext context, WalUnavailableException e)
    {
        Unavailable.SetRetryAfter(context.Response, e);
        int status = Unavailable.Status(e);
        return ErrorAsync(context, status, UnavailableType(status), e.Message);
    }

    public static string UnavailableType(int status) =>
        status == StatusCodes.Status429TooManyRequests ? "es_rejected_execution_exception" : "unavailable_shards_exception";

    public static Task BadBodyAsync(HttpContext context, BadBodyException e) => ErrorAsync(
        context, e.Status, e.Status == StatusCodes.Status413PayloadTooLarge ? "content_too_long_exception" : "illegal_argument_exception", e.Message);

    public static async Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        Prepare(context);
        await using (var json = new Utf8JsonWriter(context.Response.BodyWriter, new JsonWriterOptions { SkipValidation = true }))
        {
            write(json);
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>A body that never changes.</summary>
    public static Task WriteAsync(HttpContext context, int status, string json)
    {
        Prepare(context);
        context.Response.StatusCode = status;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(json, context.RequestAborted);
    }

    private static string MediaType(HttpRequest request)
    {
        foreach (string text in (string[])[request.Headers.Accept.ToString(), request.ContentType ?? ""])
        {
            int at = text.IndexOf("compatible-with=", StringComparison.OrdinalIgnoreCase);
            int digit = at + "compatible-with=".Length;
            if (at >= 0 && text.Contains("vnd.elasticsearch+", StringComparison.OrdinalIgnoreCase) && digit < text.Length && char.IsAsciiDigit(text[digit]))
            {
                return $"{VendorJson};compatible-with={text[digit]}";
            }
        }

        return "application/json";
    }
}
