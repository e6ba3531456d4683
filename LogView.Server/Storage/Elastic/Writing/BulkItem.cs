using System.Security.Cryptography;
using System.Text;
using LogView.Client.Contracts.Events;

namespace LogView.Server.Storage.Elastic.Writing;

/// <summary>
/// One event on its way. Refused, it is sent again: first by the mapping as it is then, next without its own fields, at last to
/// <see cref="Rejected"/>. Too large for one request: without its own fields, then in parts.
/// </summary>
/// <param name="logEvent">What is sent.</param>
/// <param name="refusal">Why it is not the event itself but a part of it; null: it is the event.</param>
internal sealed class BulkItem(LogEvent logEvent, Refusal? refusal = null)
{
    /// <summary>Where events go that their own data stream refuses whatever is left out of them.</summary>
    public static readonly DataStreamName Rejected = DataStreamName.Parse("logs-logview.rejected-default");

    private int _refusals;
    private string? _why;

    public LogEvent Event => logEvent;

    public DataStreamName Stream { get; private set; } = logEvent.DataStream;

    public string Id => Stream == logEvent.DataStream ? logEvent.Id.Value : HashOf(logEvent);

    public bool IsBare => _refusals > 1;

    public Refusal? Refusal => refusal ?? (Stream == logEvent.DataStream ? null : new Refusal(logEvent.DataStream, logEvent.Id, _why));

    /// <summary>An id in <see cref="Rejected"/>, where events of all data streams meet.</summary>
    public static string HashOf(LogEvent logEvent) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{logEvent.DataStream}\n{logEvent.Id}")));

    public void Refuse(string? why)
    {
        _refusals++;
        _why = why;
        Stream = _refusals > 2 ? Rejected : Stream;
    }

    /// <summary>What to send instead when even this alone is too large for the cluster. Empty: it cannot be made smaller.</summary>
    public IReadOnlyList<BulkItem> Smaller()
    {
        if (refusal is not null)
        {
            return [];
        }

        if (!IsBare)
        {
            _refusals = 2;
            return [this];
        }

        var why = new Refusal(logEvent.DataStream, logEvent.Id, OversizedEvent.Why);
        return [.. OversizedEvent.PartsOf(logEvent).Select(part => new BulkItem(part, why))];
    }
}
