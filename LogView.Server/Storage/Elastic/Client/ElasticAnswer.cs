using System.Net;
using System.Text.Json;

namespace LogView.Server.Storage.Elastic.Client;

/// <summary>A successful answer (or 404 where that was asked for). Owns the memory of its JSON; dispose it after reading.</summary>
internal sealed class ElasticAnswer(HttpStatusCode status, JsonDocument document) : IDisposable
{
    public HttpStatusCode Status => status;

    public bool IsMissing => status == HttpStatusCode.NotFound;

    /// <summary>Invalid after <see cref="Dispose"/>.</summary>
    public JsonElement Root => document.RootElement;

    public void Dispose() => document.Dispose();
}
