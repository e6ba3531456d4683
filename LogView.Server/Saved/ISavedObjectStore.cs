using LogView.Client.Contracts.Saved;

namespace LogView.Server.Saved;

/// <summary>
/// Where saved objects are kept. Knows nothing of rights. Several processes may share one store, so an implementation keeps nothing in
/// memory that another may change, and decides about versions in the store, in one step with the write. Safe for concurrent use.
/// A store that cannot be reached throws <see cref="SavedStoreException"/> with a sentence for people.
/// </summary>
public interface ISavedObjectStore
{
    /// <summary>All of a kind, in no order; at most <see cref="SavedLimits.MaxOf"/>. What was written before the call is in it.</summary>
    Task<IReadOnlyList<SavedObject>> ListAsync(string kind, CancellationToken cancellationToken);

    Task<long> CountAsync(string kind, CancellationToken cancellationToken);

    /// <summary>Null when it is not there.</summary>
    Task<SavedObject?> FindAsync(string kind, string id, CancellationToken cancellationToken);

    /// <summary>Durable when this returns. Null, and nothing is written, when kind and id are taken.</summary>
    /// <returns>What was written, with the version the store gave it; the one in <paramref name="saved"/> is not used.</returns>
    Task<SavedObject?> InsertAsync(SavedObject saved, CancellationToken cancellationToken);

    /// <summary>Durable when this returns. Null, and nothing is written, unless the object there has the version of <paramref name="saved"/>.</summary>
    /// <returns>What was written, with its new version.</returns>
    Task<SavedObject?> ReplaceAsync(SavedObject saved, CancellationToken cancellationToken);

    /// <summary>False, and nothing is deleted, unless the object there has this version.</summary>
    Task<bool> DeleteAsync(string kind, string id, string version, CancellationToken cancellationToken);
}

/// <summary>The store of saved objects cannot be used now; the message is a sentence for people.</summary>
public sealed class SavedStoreException(string message, Exception? inner = null) : Exception(message, inner);
