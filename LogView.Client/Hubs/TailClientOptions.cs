namespace LogView.Client.Hubs;

/// <summary>How a program reaches the live tail.</summary>
public sealed record TailClientOptions
{
    /// <summary>Address of LogView: <c>http://127.0.0.1:5700</c>.</summary>
    public required Uri Address { get; init; }

    /// <summary>Key with the right to search.</summary>
    public required string ApiKey { get; init; }

    /// <summary>Silence after which a connection counts as dead. The server sends at least every second.</summary>
    public TimeSpan ServerTimeout { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Pauses before the attempts to connect again; the last one repeats. Up to a quarter is added at random so that clients do not come back all at once.</summary>
    public IReadOnlyList<TimeSpan> RetryDelays { get; init; } =
        [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5)];

    /// <summary>Batches kept for a reader that is slower than the stream. Past it the rows of the oldest are counted as left out.</summary>
    public int MaxWaitingBatches { get; init; } = 100;

    /// <summary>Called when the connection was lost or could not be made, with the reason and the pause before the next attempt.</summary>
    public Action<Exception, TimeSpan>? OnInterrupted { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
