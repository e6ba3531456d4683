using System.Text.Json;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Elastic.Client;

namespace LogView.Server.Storage.Elastic.Indices;

/// <summary>
/// Which date field tells when the events of others' indices were: the one the settings name for their pattern, else <c>@timestamp</c>, else one of a name
/// that usually means this. Asked again after some seconds. Safe for concurrent use.
/// </summary>
/// <param name="client">The cluster.</param>
/// <param name="chosen">Field by pattern of data streams; the longest pattern that fits counts.</param>
/// <param name="clock">For ages.</param>
internal sealed class TimeFields(ElasticClient client, IReadOnlyDictionary<string, string> chosen, TimeProvider clock) : IDisposable
{
    /// <summary>In the order they are tried.</summary>
    public static readonly string[] WellKnown = ["timestamp", "time", "ts", "datetime", "date", "eventTime", "event.created", "created_at", "event.ingested"];

    private const int MaxNameLength = 512;

    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(3);

    /// <summary>Names of fields that still fit the first line of a request beside the indices; for more, all are asked for.</summary>
    private const int MaxFields = 1_500;

    private readonly SemaphoreSlim _asking = new(1);
    private readonly string _fields = FieldsToAsk(chosen.Values);
    private (string Path, long At, Dates Dates)? _known;

    /// <summary>Null when the settings' choice can be asked for; whether the indices have the fields turns out with them.</summary>
    public static string? Problem(IReadOnlyDictionary<string, string> chosen)
    {
        foreach ((string pattern, string field) in chosen)
        {
            if (string.IsNullOrWhiteSpace(pattern) || pattern.Any(char.IsWhiteSpace))
            {
                return $"'elasticTimeFields': expected a pattern of index names such as app-*, found '{pattern}'";
            }

            if (string.IsNullOrEmpty(field) || field.Length > MaxNameLength || field.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '*' or ',') || field.Split('.').Contains(""))
            {
                return $"'elasticTimeFields.{pattern}': expected the name of one date field such as event.created, found '{field}'";
            }
        }

        return null;
    }

    public void Dispose() => _asking.Dispose();

    /// <summary>The indices with their time fields, and those that have none: nothing in them can be found by time or sorted.</summary>
    public async Task<(IReadOnlyList<ClusterIndex> Timed, IReadOnlyList<ClusterIndex> Untimed)> OfAsync(
        IReadOnlyList<ClusterIndex> indices, CancellationToken cancellationToken)
    {
        if (indices.Count == 0)
        {
            return ([], []);
        }

        Dates dates = await DatesAsync(IndexCatalog.PathOf(indices.Select(i => i.Name)), cancellationToken);
        List<ClusterIndex> timed = [], untimed = [];
        foreach (ClusterIndex index in indices)
        {
            if (Of(index, dates) is { } found)
            {
                timed.Add(found);
            }
            else
            {
                untimed.Add(index);
            }
        }

        return (timed, untimed);
    }

    private ClusterIndex? Of(ClusterIndex index, Dates dates)
    {
        if (!dates.Answered.Contains(index.Name))
        {
            // Its shards are away; a search over it says so.
            return index;
        }

        string? pattern = chosen.Keys.Where(p => index.Aliases.Append(index.Stream.Value).Any(n => DataStreamPattern.Matches(p, n)))
            .OrderByDescending(p => p.Length).ThenBy(p => p, StringComparer.Ordinal).FirstOrDefault();
        return pattern is not null ? (IsDate(chosen[pattern]) ? index with { TimeField = chosen[pattern] } : null)
            : IsDate(OwnNames.Timestamp) ? index
            : Array.Find(WellKnown, IsDate) is { } usual ? index with { TimeField = usual, IsTimeGuessed = true }
            : null;

        bool IsDate(string field) => dates.ByField.TryGetValue(field, out HashSet<string>? indices) && indices?.Contains(index.Name) is not false;
    }

    private async Task<Dates> DatesAsync(string path, CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (_known is not { } known || !known.Path.Equals(path, StringComparison.Ordinal) || clock.GetElapsedTime(known.At) > MaxAge)
            {
                Dates dates = await FieldCaps.ReadAsync(client, path, $"fields={_fields}&include_unmapped=true", Read, Dates.None, cancellationToken);
                _known = known = (path, clock.GetTimestamp(), dates);
            }

            return known.Dates;
        }
        finally
        {
            _asking.Release();
        }
    }

    private static Dates Read(JsonElement caps)
    {
        JsonElement fields = caps.GetProperty("fields");
        Dictionary<string, HashSet<string>?> dates = new(StringComparer.Ordinal);
        foreach (JsonProperty field in fields.EnumerateObject().Where(f => !Parents(f.Name).Any(p => fields.TryGetProperty(p, out JsonElement types) && types.TryGetProperty("nested", out _))))
        {
            foreach (JsonProperty type in field.Value.EnumerateObject().Where(t => FieldKinds.OfType(t.Name) == FieldKind.Date && t.Value.GetProperty("aggregatable").GetBoolean()))
            {
                HashSet<string>? some = type.Value.TryGetProperty("indices", out JsonElement list) ? [.. list.EnumerateArray().Select(i => i.GetString()!)] : null;
                some?.UnionWith(dates.GetValueOrDefault(field.Name) ?? []);
                dates[field.Name] = some;
            }
        }

        return new Dates(dates, [.. caps.GetProperty("indices").EnumerateArray().Select(i => i.GetString()!)]);
    }

    private static string FieldsToAsk(IEnumerable<string> chosen)
    {
        string[] names = [OwnNames.Timestamp, .. WellKnown, .. chosen];
        string asked = string.Join(',', names.Concat(names.SelectMany(Parents)).Distinct(StringComparer.Ordinal).Select(Uri.EscapeDataString));
        return asked.Length <= MaxFields ? asked : "*";
    }

    private static IEnumerable<string> Parents(string name)
    {
        for (int dot = name.LastIndexOf('.'); dot > 0; dot = name.LastIndexOf('.', dot - 1))
        {
            yield return name[..dot];
        }
    }

    /// <param name="ByField">Field → indices in which it is a date with values; null: all that answered.</param>
    /// <param name="Answered">Indices with a shard that could.</param>
    private sealed record Dates(Dictionary<string, HashSet<string>?> ByField, HashSet<string> Answered)
    {
        public static readonly Dates None = new([], []);
    }
}
