using System.Globalization;
using LogView.Client.Contracts.Events;

namespace LogView.Server.Storage.Elastic.Following;

/// <summary>What one reading has found so far.</summary>
/// <param name="shards">Shards that are followed.</param>
internal sealed class FollowReading(int shards)
{
    private readonly List<string> _missing = [];

    public List<LogEvent> Events { get; } = [];

    public bool HasMore { get; set; }

    /// <summary>Shards without an answer.</summary>
    public int Silent { get; set; }

    public void Miss(FormattableString why)
    {
        string text = why.ToString(CultureInfo.InvariantCulture);
        if (!_missing.Contains(text, StringComparer.Ordinal))
        {
            _missing.Add(text);
        }
    }

    public OtherEventBatch ToBatch() => new(
        [.. Events.OrderBy(e => e.Timestamp).ThenBy(e => e.Sequence)],
        shards,
        HasMore,
        _missing.Count == 0 ? null : string.Join("; ", _missing),
        Silent == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{Silent:N0} of {shards:N0} shards of others do not answer; their events come when they do"));
}
