using System.Globalization;
using System.Text.Json;
using LogView.Server.Storage.Elastic.Client;
using LogView.Server.Storage.Elastic.Indices;

namespace LogView.Server.Storage.Elastic.Following;

/// <summary>The shards of the indices that are followed, as the indices come and go. One that comes later is read from its beginning.</summary>
internal sealed class FollowedShards(ElasticClient client)
{
    /// <summary>Shards remembered after they went: a closed index may be opened again.</summary>
    private const int MaxKnown = 20_000;

    private readonly Dictionary<(string Uuid, int Shard), ShardMark?> _known = [];
    private List<(ClusterIndex Index, string Uuid, int Shard)> _current = [];

    /// <summary>Those that have a place to go on from.</summary>
    public IEnumerable<ShardMark> Marks => _current.Select(c => _known.GetValueOrDefault((c.Uuid, c.Shard))).OfType<ShardMark>();

    /// <summary>Those whose end is not known yet: of indices that were there from the start.</summary>
    public IEnumerable<(ClusterIndex Index, int Shard)> Unplaced =>
        _current.Where(c => _known[(c.Uuid, c.Shard)] is null).Select(c => (c.Index, c.Shard));

    public int CountOf(Func<ClusterIndex, bool> wanted) => _current.Count(c => wanted(c.Index));

    /// <summary>There are more than can be followed.</summary>
    public bool IsCut { get; private set; }

    /// <param name="indices">Those that there are now.</param>
    /// <param name="isStart">What is in them already is not of interest.</param>
    public async Task UpdateAsync(IReadOnlyList<ClusterIndex> indices, bool isStart, CancellationToken cancellationToken)
    {
        if (indices.Count == 0)
        {
            (_current, IsCut) = ([], false);
            return;
        }

        Dictionary<string, (string Uuid, int Shards)> settings = await SettingsAsync(indices, cancellationToken);
        var all = indices.Where(i => settings.ContainsKey(i.Name))
            .SelectMany(i => Enumerable.Range(0, settings[i.Name].Shards).Select(s => (Index: i, settings[i.Name].Uuid, Shard: s)))
            .ToList();
        IsCut = all.Count > FollowLimits.MaxShards;
        // Indices that are written to have the newest names.
        _current = [.. all.OrderByDescending(c => c.Index.Name, StringComparer.Ordinal).Take(FollowLimits.MaxShards)];
        ForgetOld();
        foreach ((ClusterIndex index, string uuid, int shard) in _current)
        {
            _known.TryAdd((uuid, shard), isStart ? null : new ShardMark(index, shard, frontier: -1));
        }
    }

    public ShardMark Place(ClusterIndex index, int shard, long frontier)
    {
        (_, string uuid, _) = _current.First(c => c.Index == index && c.Shard == shard);
        var mark = new ShardMark(index, shard, frontier);
        _known[(uuid, shard)] = mark;
        return mark;
    }

    private void ForgetOld()
    {
        if (_known.Count > MaxKnown)
        {
            HashSet<(string, int)> kept = [.. _current.Select(c => (c.Uuid, c.Shard))];
            foreach ((string, int) gone in _known.Keys.Where(k => !kept.Contains(k)).ToList())
            {
                _known.Remove(gone);
            }
        }
    }

    private async Task<Dictionary<string, (string Uuid, int Shards)>> SettingsAsync(IReadOnlyList<ClusterIndex> indices, CancellationToken cancellationToken)
    {
        string path = IndexCatalog.PathOf(indices.Select(i => i.Name));
        using ElasticAnswer answer = await client.SendAsync(
            ElasticCall.Get($"/{path}/_settings?filter_path=*.settings.index.uuid,*.settings.index.number_of_shards&ignore_unavailable=true&expand_wildcards=open,hidden"),
            cancellationToken);
        Dictionary<string, (string, int)> settings = new(StringComparer.Ordinal);
        foreach (JsonProperty one in answer.Root.EnumerateObject())
        {
            JsonElement index = one.Value.GetProperty("settings").GetProperty("index");
            settings[one.Name] = (index.GetProperty("uuid").GetString()!, int.Parse(index.GetProperty("number_of_shards").GetString()!, CultureInfo.InvariantCulture));
        }

        return settings;
    }
}
