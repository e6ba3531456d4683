namespace LogView.Server.Storage;

/// <summary>What of a store does not work as it should, in sentences for people.</summary>
/// <param name="Damage">Files that do not hold what was written; their events are missing from answers until somebody repairs or removes them.</param>
/// <param name="WriteProblem">Why nothing can be made durable at the moment; null: it can.</param>
public sealed record StoreHealth(IReadOnlyList<string> Damage, string? WriteProblem)
{
    public static readonly StoreHealth Good = new([], null);

    /// <summary>What to do about <see cref="WriteProblem"/>; null: it is the disk of this machine.</summary>
    public string? WriteCure { get; init; }

    /// <summary>Why searches fail, or which events they miss, at the moment; null: they do not.</summary>
    public string? SearchProblem { get; init; }

    /// <summary>Why retention is not looked at at the moment; null: it is, or the engine does not.</summary>
    public string? RetentionProblem { get; init; }

    /// <summary>Events that are not where they belong, one sentence; null: there are none.</summary>
    public string? PutAside { get; init; }

    public bool IsGood => Damage.Count == 0 && WriteProblem is null && SearchProblem is null;
}
