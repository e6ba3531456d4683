using System.IO.Compression;
using Microsoft.AspNetCore.Http.Features;
using ZstdSharp;

namespace LogView.Server.Ingest.Http;

/// <summary>Bounds of one ingestion request.</summary>
public sealed record IngestLimits
{
    /// <summary>
    /// Bytes of one request after decompression. Shippers send 1 to 20 MB; it bounds what a compressed bomb can make LogView read, not memory: bodies
    /// are read piece by piece.
    /// </summary>
    public long MaxRequestBytes { get; init; } = 256 * 1024 * 1024;
}

/// <summary>Why a body cannot be read on. Answered with its status.</summary>
public sealed class BadBodyException : Exception
{
    public BadBodyException()
    {
    }

    public BadBodyException(string message)
        : base(message)
    {
    }

    public BadBodyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public BadBodyException(int status, string message, Exception? innerException = null)
        : base(message, innerException) => Status = status;

    public int Status { get; } = StatusCodes.Status400BadRequest;
}

/// <summary>The decompressed body of a request, bounded. Reading throws <see cref="BadBodyException"/> where it is broken or too long.</summary>
internal sealed class RequestBody : IAsyncDisposable
{
    private const int PeekBytes = 512;

    private readonly Stream _stream;
    private readonly string _encoding;
    private ReadOnlyMemory<byte> _ahead;
    private long _left;

    private RequestBody(Stream stream, string encoding, long maxBytes) => (_stream, _encoding, _left) = (stream, encoding, maxBytes);

    /// <summary>Throws <see cref="BadBodyException"/> for an encoding nobody here knows (415) and a length that is too much from the start (413).</summary>
    public static RequestBody Open(HttpContext context, IngestLimits limits)
    {
        HttpRequest request = context.Request;
        string encoding = request.Headers.ContentEncoding.ToString().Trim().ToLowerInvariant();
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        if (request.ContentLength > limits.MaxRequestBytes)
        {
            throw TooLarge(limits.MaxRequestBytes);
        }

        Stream stream = encoding switch
        {
            "" or "identity" => request.Body,
            "gzip" or "x-gzip" => new GZipStream(request.Body, CompressionMode.Decompress),
            "deflate" => new ZLibStream(request.Body, CompressionMode.Decompress),
            "zstd" => new DecompressionStream(request.Body),
            "br" => new BrotliStream(request.Body, CompressionMode.Decompress),
            _ => throw new BadBodyException(
                StatusCodes.Status415UnsupportedMediaType, "Content-Encoding: expected gzip, zstd, deflate, br or identity, found something else"),
        };
        return new RequestBody(stream, encoding, limits.MaxRequestBytes);
    }

    /// <summary>The first bytes, which the next <see cref="ReadAsync"/> gives again; none when the body is empty.</summary>
    public async Task<ReadOnlyMemory<byte>> PeekAsync(CancellationToken cancellationToken)
    {
        byte[] first = new byte[PeekBytes];
        int read = await ReadAsync(first, cancellationToken);
        _ahead = first.AsMemory(0, read);
        return _ahead;
    }

    /// <summary>0 at the end.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (!_ahead.IsEmpty)
        {
            int again = Math.Min(_ahead.Length, buffer.Length);
            _ahead[..again].CopyTo(buffer);
            _ahead = _ahead[again..];
            return again;
        }

        int read;
        try
        {
            read = await _stream.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException or ZstdException or EndOfStreamException)
        {
            throw new BadBodyException(StatusCodes.Status400BadRequest, $"The body is not {_encoding}, as its Content-Encoding says, or is damaged", e);
        }
        catch (BadHttpRequestException e)
        {
            throw new BadBodyException(e.StatusCode, e.Message, e);
        }

        _left -= read;
        return _left >= 0 ? read : throw TooLarge(null);
    }

    public ValueTask DisposeAsync() => _encoding is "" or "identity" ? ValueTask.CompletedTask : _stream.DisposeAsync();

    private static BadBodyException TooLarge(long? limit) => new(
        StatusCodes.Status413PayloadTooLarge, limit is { } bytes ? $"The body has more than {bytes} bytes; send it in parts" : "The body is too long once decompressed; send it in parts");
}
