namespace LogView.Tests.Platform;

/// <summary>What happens at the n-th operation.</summary>
public enum Fault
{
    /// <summary>The operation does nothing and throws; later ones work.</summary>
    Fail,

    /// <summary>The operation happens and throws all the same; later ones work.</summary>
    FailAfter,

    /// <summary>The machine stops before the operation.</summary>
    Stop,

    /// <summary>The machine stops in the middle: of a write the first half arrives.</summary>
    Tear,

    /// <summary>A sync says that it worked and did nothing, as on a disk that lies. Other operations are as ever.</summary>
    Forget,
}

/// <summary>What a machine finds after it stopped.</summary>
public enum Survives
{
    /// <summary>Only what was synced: contents by a file sync, names by a sync of their folder.</summary>
    OnlySynced,

    /// <summary>Everything that was written, as after <c>kill -9</c>.</summary>
    Everything,

    /// <summary>What was synced, and of each unsynced write its first half; unsynced names are there.</summary>
    HalfOfUnsynced,

    /// <summary>What was synced, and of the unsynced writes, creations, renames and deletions any of them in spite of their order: chosen by a seed.</summary>
    SomeOfUnsynced,
}
