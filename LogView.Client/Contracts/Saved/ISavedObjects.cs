using LogView.Client.Contracts.Accounts;

namespace LogView.Client.Contracts.Saved;

/// <summary>
/// Saved objects as a viewer may see and change them. Every member needs <see cref="Rights.Search"/>. Expected failures are values.
/// Safe for concurrent use; several LogView processes may share what is kept, so every answer is read anew.
/// </summary>
public interface ISavedObjects
{
    /// <summary>Those of a kind the viewer may see, by name.</summary>
    Task<SavedListOutcome> ListAsync(string kind, Viewer viewer, CancellationToken cancellationToken);

    /// <summary>One of them; a problem of <see cref="SavedProblemKind.NotFound"/> also for one the viewer may not see.</summary>
    Task<SavedOutcome> FindAsync(string kind, string id, Viewer viewer, CancellationToken cancellationToken);

    /// <summary>Keeps a new one, durably when this returns.</summary>
    Task<SavedOutcome> CreateAsync(SavedDraft draft, Viewer viewer, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces name, access and content if it still has the version the change was made from. Otherwise nothing changes and the problem
    /// is <see cref="SavedProblemKind.Conflict"/> with what is there now: nobody overwrites somebody else's change silently.
    /// </summary>
    Task<SavedOutcome> ReplaceAsync(string id, string version, SavedDraft draft, Viewer viewer, CancellationToken cancellationToken);

    /// <summary>Deletes it if it still has the version; the outcome has what was deleted.</summary>
    Task<SavedOutcome> DeleteAsync(string kind, string id, string version, Viewer viewer, CancellationToken cancellationToken);

    /// <summary>The short link to an address within this site: the same address always has the same link.</summary>
    Task<SavedOutcome> LinkAsync(string address, Viewer viewer, CancellationToken cancellationToken);
}

/// <summary>Exactly one is set.</summary>
public sealed record SavedListOutcome(IReadOnlyList<SavedObject>? Objects, SavedProblem? Problem);

/// <summary>Exactly one is set.</summary>
public sealed record SavedOutcome(SavedObject? Object, SavedProblem? Problem)
{
    public static SavedOutcome Ok(SavedObject saved) => new(saved, null);

    public static SavedOutcome Fail(SavedProblemKind kind, string message, SavedObject? current = null) => new(null, new SavedProblem(kind, message, current));
}

public enum SavedProblemKind : byte
{
    /// <summary>A part of the draft is wrong; the message names it and what was expected.</summary>
    Invalid,

    /// <summary>It is not there, or the viewer may not see it.</summary>
    NotFound,

    /// <summary>The viewer may see but not change it, or may not search at all.</summary>
    Forbidden,

    /// <summary>Somebody else changed it meanwhile.</summary>
    Conflict,

    /// <summary>There are as many as LogView keeps.</summary>
    Full,

    /// <summary>The store cannot answer now; nothing was changed as far as is known.</summary>
    Unavailable,
}

/// <param name="Kind">What sort of problem.</param>
/// <param name="Message">One sentence for people.</param>
/// <param name="Current">What is there now, for <see cref="SavedProblemKind.Conflict"/>.</param>
public sealed record SavedProblem(SavedProblemKind Kind, string Message, SavedObject? Current = null);
