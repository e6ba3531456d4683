namespace LogView.Server.Indexing;

/// <summary>How far the event store is behind the write-ahead log.</summary>
public interface IIndexProgress
{
    /// <summary>Events up to this sequence are searchable.</summary>
    long IndexedSequence { get; }

    /// <summary>Completes with true when everything up to <paramref name="sequence"/> is searchable, with false after <paramref name="timeout"/>.</summary>
    Task<bool> WaitForAsync(long sequence, TimeSpan timeout, CancellationToken cancellationToken);
}
