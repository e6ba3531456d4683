using LogView.Client.Contracts.Search;

namespace LogView.Client.Discover.Run;

public enum LoadStatus : byte
{
    Idle,

    /// <summary>Under way. A value that is there is of the run before, or what is known so far.</summary>
    Loading,
    Ready,
    Failed,

    /// <summary>Stopped by the viewer; the value is what was known by then.</summary>
    Cancelled,
}

/// <summary>One of the things Discover loads, with its own progress and its own failure.</summary>
/// <param name="Status">Where it is.</param>
/// <param name="Value">What is shown.</param>
/// <param name="Problem">Why it failed.</param>
public sealed record Load<T>(LoadStatus Status, T? Value = null, SearchProblem? Problem = null)
    where T : class
{
    public static readonly Load<T> Idle = new(LoadStatus.Idle);

    public bool IsLoading => Status == LoadStatus.Loading;

    public Load<T> Started() => new(LoadStatus.Loading, Value);

    public Load<T> SoFar(T value) => new(LoadStatus.Loading, value);

    public Load<T> Cancelled() => IsLoading ? new(LoadStatus.Cancelled, Value) : this;

    public static Load<T> Of(T? value, SearchProblem? problem) =>
        problem is null ? new(LoadStatus.Ready, value) : new(LoadStatus.Failed, null, problem);
}
