using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ZstdSharp;

namespace LogView.Tests.Ingest;

/// <summary>Bodies as shippers send them, answers as JSON.</summary>
internal static class HttpText
{
    public static async Task<(HttpResponseMessage Response, JsonElement Json)> SendAsync(
        this HttpClient client, string method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = content };
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (response, text.StartsWith('{') || text.StartsWith('[') ? JsonDocument.Parse(text).RootElement : default);
    }

    public static ByteArrayContent Body(string text, string? contentType = "application/x-ndjson", string? encoding = null) =>
        Body(Encoding.UTF8.GetBytes(text), contentType, encoding);

    public static ByteArrayContent Body(byte[] bytes, string? contentType = "application/x-ndjson", string? encoding = null)
    {
        var content = new ByteArrayContent(encoding is null ? bytes : Compress(bytes, encoding));
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        return content;
    }

    private static byte[] Compress(byte[] bytes, string encoding)
    {
        using var target = new MemoryStream();
        using (Stream stream = encoding switch
        {
            "gzip" => new GZipStream(target, CompressionMode.Compress),
            "deflate" => new ZLibStream(target, CompressionMode.Compress),
            "zstd" => new CompressionStream(target),
            "br" => new BrotliStream(target, CompressionMode.Compress),
            _ => throw new ArgumentOutOfRangeException(nameof(encoding)),
        })
        {
            stream.Write(bytes);
        }

        return target.ToArray();
    }
}
