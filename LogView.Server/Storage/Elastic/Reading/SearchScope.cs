using System.Text.Json.Nodes;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Elastic.Indices;

namespace LogView.Server.Storage.Elastic.Reading;

/// <summary>The indices of one search, as they were when it began.</summary>
/// <param name="Own">LogView's.</param>
/// <param name="Others">Of others.</param>
/// <param name="OwnFields">Mapped in <paramref name="Own"/>.</param>
/// <param name="OtherFields">Mapped in <paramref name="Others"/>.</param>
/// <param name="Writer">This LogView.</param>
/// <param name="Published">Its events behind this sequence are not shown: their batch is not whole yet.</param>
internal sealed record SearchScope(
    IReadOnlyList<ClusterIndex> Own, IReadOnlyList<ClusterIndex> Others, FieldMap OwnFields, FieldMap OtherFields, string Writer, long Published)
{
    /// <summary>Indices of others that are left out: they have no timestamps.</summary>
    public IReadOnlyList<ClusterIndex> Undated { get; init; } = [];

    public bool IsEmpty => Own.Count == 0 && Others.Count == 0;

    public IEnumerable<ClusterIndex> All => Own.Concat(Others);

    /// <summary>The fields that tell when events were. None for no index.</summary>
    public IReadOnlyList<string> TimeFields { get; } = [.. Own.Concat(Others).Select(i => i.TimeField).Distinct(StringComparer.Ordinal)];

    /// <summary>All events have their time in one field, so the cluster can sort and count by it.</summary>
    public bool HasOneTime => TimeFields.Count <= 1;

    public string TimeField => HasOneTime ? TimeFields.FirstOrDefault(OwnNames.Timestamp) : throw new InvalidOperationException("The indices have their times in several fields");

    public string Path { get; } = IndexCatalog.PathOf(Own.Concat(Others).Select(i => i.Name));

    private Dictionary<string, ClusterIndex>? _byName;

    public ClusterIndex? Find(string index) =>
        (_byName ??= All.ToDictionary(i => i.Name, StringComparer.Ordinal)).GetValueOrDefault(index);

    /// <summary>The same for each time field alone.</summary>
    public IEnumerable<SearchScope> ByTime() => HasOneTime
        ? [this]
        : TimeFields.Select(f => new SearchScope(Of(Own, f), Of(Others, f), OwnFields, OtherFields, Writer, Published));

    /// <summary>Events between two instants, both included.</summary>
    public JsonObject Instants(Timestamp first, Timestamp last) => Instants(All, first, last);

    /// <summary>Those of the indices of others.</summary>
    public JsonObject OtherInstants(Timestamp first, Timestamp last) => Instants(Others, first, last);

    private static ClusterIndex[] Of(IEnumerable<ClusterIndex> indices, string timeField) => [.. indices.Where(i => i.TimeField.Equals(timeField, StringComparison.Ordinal))];

    private static JsonObject Instants(IEnumerable<ClusterIndex> indices, Timestamp first, Timestamp last)
    {
        IGrouping<string, ClusterIndex>[] times = [.. indices.GroupBy(i => i.TimeField, StringComparer.Ordinal)];
        return times.Length == 1
            ? Dsl.Instants(times[0].Key, first, last)
            : Dsl.Or([.. times.Select(t => Dsl.And([Dsl.Instants(t.Key, first, last), Dsl.Terms("_index", t.Select(i => i.Name))]))]);
    }

    /// <summary>Narrows to what may be seen.</summary>
    public IEnumerable<JsonObject> Filters()
    {
        if (Path is IndexCatalog.Everything)
        {
            yield return Dsl.Terms("_index", All.Select(i => i.Name));
        }

        if (Own.Count > 0)
        {
            yield return Dsl.Not(Dsl.And([
                Dsl.Term(OwnNames.Writer, Writer), Dsl.On("range", OwnNames.Sequence, new JsonObject { ["gt"] = Published }),
            ]));
        }
    }
}
