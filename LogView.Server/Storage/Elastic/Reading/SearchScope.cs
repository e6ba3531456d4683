using System.Text.Json.Nodes;
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

    public string Path { get; } = IndexCatalog.PathOf(Own.Concat(Others).Select(i => i.Name));

    private Dictionary<string, ClusterIndex>? _byName;

    public ClusterIndex? Find(string index) =>
        (_byName ??= All.ToDictionary(i => i.Name, StringComparer.Ordinal)).GetValueOrDefault(index);

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
