using System.Text;
using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Events;

namespace LogView.Server.Ingest.ElasticBulk;

/// <param name="Name">Where the events go, when they may.</param>
/// <param name="Status">400 or 403 when they may not.</param>
/// <param name="ErrorType">Null when they may.</param>
/// <param name="Reason">Of the error.</param>
internal sealed record Target(DataStreamName Name, int Status, string? ErrorType, string? Reason);

/// <summary>Names of indices as a request says them → data streams its sender may write to. One per request: a request names few.</summary>
internal sealed class Targets(Viewer viewer)
{
    /// <summary>Past it names are checked anew each time: a request with endless names must not grow memory.</summary>
    private const int MaxRemembered = 1_000;

    private readonly Dictionary<string, Target> _known = new(StringComparer.Ordinal);

    public Target Find(string index)
    {
        if (_known.TryGetValue(index, out Target? known))
        {
            return known;
        }

        Target target = Check(index);
        if (_known.Count < MaxRemembered)
        {
            _known[index] = target;
        }

        return target;
    }

    /// <summary>What is wrong with an id, or null.</summary>
    public static string? ProblemOf(string? id) =>
        id is not null && id.Length > EventId.MaxBytes / 4 && Encoding.UTF8.GetByteCount(id) is var bytes && bytes > EventId.MaxBytes
            ? $"id is too long, must be no longer than {EventId.MaxBytes} bytes but was: {bytes}"
            : null;

    private Target Check(string index)
    {
        if (!DataStreamName.TryParse(index, out DataStreamName name, out string? error))
        {
            return new Target(default, StatusCodes.Status400BadRequest, "invalid_index_name_exception", $"Invalid index name [{Shorten(index)}], {error}");
        }

        return viewer.MayTouch(name)
            ? new Target(name, 0, null, null)
            : new Target(default, StatusCodes.Status403Forbidden, "security_exception", $"'{viewer.Name}' may not write to the data stream [{index}]");
    }

    private static string Shorten(string text) => text.Length <= 255 ? text : text[..255];
}
