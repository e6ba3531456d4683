using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace LogView.Server.Storage.Elastic.Client;

/// <summary>
/// A small client of Elasticsearch and OpenSearch over HTTP: several nodes with failover, repeats where repeating is safe, a time limit for each
/// request. Cancelling closes the connection, by which the cluster ends the work. Safe for concurrent use. Throws <see cref="ElasticException"/>.
/// </summary>
internal sealed class ElasticClient : IDisposable
{
    /// <summary>Sends of one call, the first included.</summary>
    private const int MaxSends = 4;

    /// <summary>Bodies below this are not worth packing.</summary>
    private const int MinPackedBytes = 4_096;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private readonly ElasticEngineOptions _options;
    private readonly TimeProvider _clock;
    private readonly NodePool _nodes;
    private readonly HttpMessageInvoker _far;
    private readonly HttpMessageInvoker _near;
    private readonly AuthenticationHeaderValue? _authorization;

    public ElasticClient(ElasticEngineOptions options, TimeProvider clock)
    {
        (_options, _clock) = (options, clock);
        _nodes = new NodePool(options.Nodes, clock);
        _authorization = AuthorizationOf(options);
        _far = Invoker(options, DecompressionMethods.GZip);
        _near = Invoker(options, DecompressionMethods.None);
    }

    /// <summary>Packs request bodies; off until the cluster is known to take them. Never to this machine: packing would take longer than the way.</summary>
    public bool PacksBodies { get; set; }

    public async Task<ElasticAnswer> SendAsync(ElasticCall call, CancellationToken cancellationToken)
    {
        TimeSpan pause = FirstPause;
        for (int sends = 1; ; sends++)
        {
            Uri node = _nodes.Next();
            ElasticException failure;
            try
            {
                return await SendOnceAsync(node, call, cancellationToken);
            }
            catch (ElasticException e) when (e.MayPass)
            {
                failure = e;
            }

            bool otherNode = (failure.Failure == ElasticFailure.Unreachable || failure.IsTimeout) && sends < _nodes.Count;
            if (sends == MaxSends || !MayRepeat(call, failure, sends, otherNode))
            {
                throw failure;
            }

            if (!otherNode)
            {
                await Task.Delay(pause * (0.75 + Random.Shared.NextDouble() / 2), _clock, cancellationToken);
                pause *= 3;
            }
        }
    }

    public void Dispose()
    {
        _far.Dispose();
        _near.Dispose();
    }

    /// <summary>Somebody has waited long for what timed out: one other node may be faster, more would only add to the load.</summary>
    private static bool MayRepeat(ElasticCall call, ElasticException failure, int sends, bool otherNode) => failure.IsTimeout
        ? call.IsRepeatable && otherNode && sends == 1
        : call.IsRepeatable || failure.Status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable || IsNotSent(failure);

    private async Task<ElasticAnswer> SendOnceAsync(Uri node, ElasticCall call, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeout = new(_options.Timeout, _clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using HttpRequestMessage request = Request(node, call);
            using HttpResponseMessage response = await (node.IsLoopback ? _near : _far).SendAsync(request, either.Token);
            byte[] body = await response.Content.ReadAsByteArrayAsync(either.Token);
            if (response.IsSuccessStatusCode || (call.MayBeMissing && response.StatusCode == HttpStatusCode.NotFound))
            {
                _nodes.Answered(node);
                return new ElasticAnswer(response.StatusCode, Parse(node, body));
            }

            if ((int)response.StatusCode is >= 300 and < 400)
            {
                throw ElasticErrors.SentOn(node, response.StatusCode, response.Headers.Location);
            }

            ElasticException failure = ElasticErrors.Of(node, response.StatusCode, body);
            if ((int)response.StatusCode is 502 or 503 or 504)
            {
                _nodes.Failed(node);
            }

            throw failure;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
        {
            _nodes.Failed(node);
            throw ElasticErrors.Unreachable(node, e);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            _nodes.Failed(node);
            throw ElasticErrors.TimedOut(node, _options.Timeout);
        }
    }

    /// <summary>Packed answers are asked for only of other machines: packing takes longer than the way within one.</summary>
    private static HttpMessageInvoker Invoker(ElasticEngineOptions options, DecompressionMethods unpacks)
    {
        var handler = new SocketsHttpHandler
        {
            AutomaticDecompression = unpacks,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(50),
            // On a redirection the credentials would be left out and a body lost.
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
        };
        handler.SslOptions.RemoteCertificateValidationCallback = new ElasticTrust(options).Callback;
        return new HttpMessageInvoker(handler);
    }

    private HttpRequestMessage Request(Uri node, ElasticCall call)
    {
        HttpRequestMessage request = new(call.Method, new Uri(node.AbsoluteUri.TrimEnd('/') + call.Path));
        request.Headers.Authorization = _authorization;
        if (call.Tag is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Opaque-Id", call.Tag);
        }

        if (call.Body is { } body)
        {
            bool packs = call.IsPacked || (PacksBodies && body.Length >= MinPackedBytes && !node.IsLoopback);
            request.Content = new ReadOnlyMemoryContent(packs ? Pack(body) : body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(call.ContentType);
            if (packs)
            {
                request.Content.Headers.ContentEncoding.Add("gzip");
            }
        }

        return request;
    }

    private static byte[] Pack(ReadOnlyMemory<byte> body)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(body.Span);
        }

        return packed.ToArray();
    }

    private static JsonDocument Parse(Uri node, byte[] body)
    {
        try
        {
            return JsonDocument.Parse(body.Length == 0 ? "{}"u8.ToArray() : body, new JsonDocumentOptions { MaxDepth = 512 });
        }
        catch (JsonException e)
        {
            throw new ElasticException(ElasticFailure.Rejected, $"{node.Authority} answers, but not as Elasticsearch or OpenSearch does: check --elastic-url", e);
        }
    }

    /// <summary>The connection was never made, so the request cannot have arrived.</summary>
    private static bool IsNotSent(ElasticException failure) =>
        failure.InnerException is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } or SocketException;

    private static AuthenticationHeaderValue? AuthorizationOf(ElasticEngineOptions options) =>
        options.ApiKey is { } key ? new AuthenticationHeaderValue("ApiKey", key)
        : options.BearerToken is { } token ? new AuthenticationHeaderValue("Bearer", token)
        : options.User is { } user ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{options.Password}")))
        : null;
}
