using LogView.Client.Contracts.Search;

namespace LogView.Server.Search;

/// <summary>Fields with values of several types among the newest events; of fifty thousand fields only these are kept.</summary>
/// <param name="Fields">Those with conflicts.</param>
/// <param name="SampledEvents">Events looked at.</param>
internal sealed record ConflictSample(IReadOnlyList<FieldInfo> Fields, long SampledEvents)
{
    /// <summary>Newest events looked at.</summary>
    public const int Size = 1_000;

    public static ConflictSample Of(FieldList list) => new([.. list.Fields.Where(f => f.Conflicts > 0)], list.SampledEvents);
}
