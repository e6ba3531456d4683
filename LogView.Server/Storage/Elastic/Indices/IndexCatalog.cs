using System.Text.Json;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Elastic.Client;

namespace LogView.Server.Storage.Elastic.Indices;

/// <summary>One index that can be searched.</summary>
/// <param name="Name">The index itself.</param>
/// <param name="Stream">What LogView calls it: the data stream or alias it is behind, otherwise its own name.</param>
/// <param name="IsOwn">LogView made it, so its documents are <see cref="Writing.EventDocument"/>s.</param>
/// <param name="IsDataStream">It is behind a data stream.</param>
internal sealed record ClusterIndex(string Name, DataStreamName Stream, bool IsOwn, bool IsDataStream)
{
    /// <summary>What its documents look like (<see cref="IndexTemplate.Schema"/>); 0 where others write.</summary>
    public int Schema { get; init; }

    /// <summary>Other names it can be asked for by.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The date field that tells when its events were.</summary>
    public string TimeField { get; init; } = OwnNames.Timestamp;

    /// <summary>Nobody said so: the field has a name that usually means this.</summary>
    public bool IsTimeGuessed { get; init; }
}

/// <summary>
/// Which indices there are and what they have mapped, asked again after some seconds, and at once when LogView itself changed something. Hidden indices
/// are left out unless they are behind a data stream or are LogView's. Safe for concurrent use.
/// </summary>
internal sealed class IndexCatalog(ElasticClient client, string prefix, TimeProvider clock) : IDisposable
{
    /// <summary>How long what others change may go unseen.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(3);

    /// <summary>Length of a list of names that still fits the first line of a request, of which servers take 4,096 bytes.</summary>
    private const int MaxPath = 2_000;

    /// <summary>Of names in an address: all indices.</summary>
    public const string Everything = "*";

    /// <summary>Sets of indices whose fields are remembered: viewers with different rights ask for different ones.</summary>
    private const int MaxFieldMaps = 64;

    private readonly SemaphoreSlim _asking = new(1);
    private readonly Dictionary<string, (long At, FieldMap Fields)> _fields = new(StringComparer.Ordinal);
    private (long At, IReadOnlyList<ClusterIndex> Indices)? _indices;
    private volatile IReadOnlyList<ClusterIndex>? _last;
    private int _indexGeneration;
    private int _fieldGeneration;
    private (int Indices, int Fields) _seen;

    public void Dispose() => _asking.Dispose();

    /// <summary>What was known last, maybe some seconds old; null: nothing.</summary>
    public IReadOnlyList<ClusterIndex>? Known => _last;

    /// <summary>There are other indices now.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref _indexGeneration);
        ForgetFields();
    }

    /// <summary>There are other fields now.</summary>
    public void ForgetFields() => Interlocked.Increment(ref _fieldGeneration);

    /// <summary>The name of a data stream in the cluster.</summary>
    public string TargetOf(DataStreamName stream) => prefix + stream.Value;

    public async Task<IReadOnlyList<ClusterIndex>> ListAsync(CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            ForgetOld();
            if (_indices is not { } known || clock.GetElapsedTime(known.At) > MaxAge)
            {
                _indices = known = (clock.GetTimestamp(), await ReadAsync(cancellationToken));
                _last = known.Indices;
            }

            return known.Indices;
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>The fields of these indices, all own or all of others.</summary>
    public Task<FieldMap> FieldsAsync(IReadOnlyList<ClusterIndex> indices, CancellationToken cancellationToken) =>
        FieldsAsync(indices, MaxAge, cancellationToken);

    /// <summary>The same as it was at most <paramref name="maxAge"/> ago; zero: as it is after the call.</summary>
    public async Task<FieldMap> FieldsAsync(IReadOnlyList<ClusterIndex> indices, TimeSpan maxAge, CancellationToken cancellationToken)
    {
        if (indices.Count == 0)
        {
            return FieldMap.Empty;
        }

        string path = PathOf(indices.Select(i => i.Name));
        await _asking.WaitAsync(cancellationToken);
        try
        {
            ForgetOld();
            if (!_fields.TryGetValue(path, out var known) || maxAge <= TimeSpan.Zero || clock.GetElapsedTime(known.At) > maxAge)
            {
                FieldMap fields = await FieldCaps.ReadAsync(client, path, "fields=*", FieldMap.Read, FieldMap.Empty, cancellationToken);
                if (_fields.Count >= MaxFieldMaps)
                {
                    _fields.Clear();
                }

                _fields[path] = known = (clock.GetTimestamp(), fields);
            }

            return known.Fields;
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>The names as part of an address; all indices where they are too many, which the caller narrows by the query.</summary>
    public static string PathOf(IEnumerable<string> names)
    {
        string path = string.Join(',', names.Select(Uri.EscapeDataString));
        return path.Length <= MaxPath ? path : Everything;
    }

    private void ForgetOld()
    {
        (int indices, int fields) = (Volatile.Read(ref _indexGeneration), Volatile.Read(ref _fieldGeneration));
        if (indices != _seen.Indices)
        {
            _indices = null;
        }

        if (fields != _seen.Fields)
        {
            _fields.Clear();
        }

        _seen = (indices, fields);
    }

    private async Task<IReadOnlyList<ClusterIndex>> ReadAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, int> own = await OwnAsync(cancellationToken);
        using ElasticAnswer answer = await client.SendAsync(
            ElasticCall.Get($"/_resolve/index/{Uri.EscapeDataString(prefix)}*?expand_wildcards=open,hidden"), cancellationToken);
        List<ClusterIndex> indices = [];
        foreach (JsonElement stream in answer.Root.GetProperty("data_streams").EnumerateArray())
        {
            AddStream(stream, own, indices);
        }

        foreach (JsonElement index in answer.Root.GetProperty("indices").EnumerateArray())
        {
            if (!index.TryGetProperty("data_stream", out _))
            {
                AddIndex(index, own, indices);
            }
        }

        return indices;
    }

    private void AddStream(JsonElement stream, Dictionary<string, int> own, List<ClusterIndex> indices)
    {
        if (StreamNamed(stream.GetProperty("name").GetString()!) is { } name)
        {
            JsonElement backing = stream.GetProperty("backing_indices");
            IEnumerable<string> behind = backing.ValueKind == JsonValueKind.Array ? backing.EnumerateArray().Select(i => i.GetString()!) : [backing.GetString()!];
            indices.AddRange(behind.Select(i => new ClusterIndex(i, name, own.ContainsKey(i), IsDataStream: true) { Schema = own.GetValueOrDefault(i) }));
        }
    }

    private void AddIndex(JsonElement index, Dictionary<string, int> own, List<ClusterIndex> indices)
    {
        string name = index.GetProperty("name").GetString()!;
        string[] aliases = index.TryGetProperty("aliases", out JsonElement list) ? [.. list.EnumerateArray().Select(a => a.GetString()!)] : [];
        bool isHidden = name.StartsWith('.') || index.GetProperty("attributes").EnumerateArray().Any(a => a.GetString() is "hidden");
        bool isOwn = own.ContainsKey(name);
        if ((isOwn || !isHidden) && StreamNamed(isOwn && aliases.Length == 1 ? aliases[0] : name) is { } stream)
        {
            string[] names = [.. aliases.Select(a => a.StartsWith(prefix, StringComparison.Ordinal) ? a[prefix.Length..] : a)];
            indices.Add(new ClusterIndex(name, stream, isOwn, IsDataStream: false) { Aliases = names, Schema = own.GetValueOrDefault(name) });
        }
    }

    private DataStreamName? StreamNamed(string target) =>
        target.StartsWith(prefix, StringComparison.Ordinal) && DataStreamName.TryParse(target[prefix.Length..], out DataStreamName name, out _) ? name : null;

    /// <summary>LogView's indices and the schemas of their documents.</summary>
    private async Task<Dictionary<string, int>> OwnAsync(CancellationToken cancellationToken)
    {
        ElasticCall call = ElasticCall.Get(
            $"/{Uri.EscapeDataString(prefix)}*/_mapping?filter_path=*.mappings._meta.logview&ignore_unavailable=true&expand_wildcards=open,hidden");
        using ElasticAnswer answer = await client.SendAsync(call with { MayBeMissing = true }, cancellationToken);
        return answer.IsMissing ? [] : answer.Root.EnumerateObject().ToDictionary(i => i.Name, i => IndexTemplate.SchemaOf(i.Value.GetProperty("mappings")), StringComparer.Ordinal);
    }
}
