using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Rows;

namespace LogView.Client.Discover.Run;

/// <summary>What Discover knows at one moment. Immutable; each change is a new one.</summary>
public sealed record RunView
{
    public static readonly RunView Empty = new();

    /// <summary>Null before the first run.</summary>
    public RunPlan? Plan { get; init; }

    /// <summary>What is wrong with the time range; nothing runs then.</summary>
    public string? TimeProblem { get; init; }

    public Load<HitRows> Hits { get; init; } = Load<HitRows>.Idle;

    public Load<Overview> Overview { get; init; } = Load<Overview>.Idle;

    public Load<FieldList> Fields { get; init; } = Load<FieldList>.Idle;

    /// <summary>For an empty result: how many there are elsewhere.</summary>
    public IReadOnlyList<Wider> Wider { get; init; } = [];

    /// <summary>Events that came after the newest row; shown as a pill, never put in by themselves.</summary>
    public long NewEvents { get; init; }

    public bool IsRunning => Hits.IsLoading || Overview.IsLoading || Fields.IsLoading;

    public LoadedRows Rows => Hits.Value?.Rows ?? LoadedRows.None;

    /// <summary>The hits came, and there are none.</summary>
    public bool IsEmpty => Hits is { Status: LoadStatus.Ready, Value.Rows.Total: 0 };

    public Timestamp? Newest => Hits.Value?.Newest;
}

/// <summary>A way out of an empty result.</summary>
/// <param name="State">What to show instead.</param>
/// <param name="Kind">What changed.</param>
/// <param name="Count">Hits it would have.</param>
public sealed record Wider(State.DiscoverState State, WiderKind Kind, long Count);

public enum WiderKind : byte
{
    Day,
    AllTime,
    WithoutFilters,
    WithoutQuery,
}
