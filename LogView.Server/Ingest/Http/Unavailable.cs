using System.Globalization;
using LogView.Server.Wal;

namespace LogView.Server.Ingest.Http;

/// <summary>How <see cref="WalUnavailableException"/> reads over HTTP.</summary>
internal static class Unavailable
{
    private static readonly TimeSpan DefaultPause = TimeSpan.FromSeconds(5);

    /// <summary>429 when the shipper is too fast, 503 when LogView cannot.</summary>
    public static int Status(WalUnavailableException e) =>
        e.Reason is WalUnavailableReason.Busy or WalUnavailableReason.Backlog ? StatusCodes.Status429TooManyRequests : StatusCodes.Status503ServiceUnavailable;

    public static void SetRetryAfter(HttpResponse response, WalUnavailableException e) =>
        response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling((e.RetryAfter ?? DefaultPause).TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
