namespace LogView.Server.Storage;

/// <summary>What of a store does not work as it should, in sentences for people.</summary>
/// <param name="Damage">Files that do not hold what was written; their events are missing from answers until somebody repairs or removes them.</param>
/// <param name="WriteProblem">Why nothing can be made durable at the moment; null: it can.</param>
public sealed record StoreHealth(IReadOnlyList<string> Damage, string? WriteProblem)
{
    public static readonly StoreHealth Good = new([], null);

    public bool IsGood => Damage.Count == 0 && WriteProblem is null;
}
