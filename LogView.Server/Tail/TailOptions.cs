namespace LogView.Server.Tail;

/// <summary>Pace of the live tail.</summary>
public sealed record TailOptions
{
    /// <summary>Time between two batches of one viewer. Faster is not seen, slower is felt.</summary>
    public TimeSpan BatchInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>A status comes at least so often, also when nothing matches.</summary>
    public TimeSpan StatusInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often events that others write to the store are asked for.</summary>
    public TimeSpan OtherInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Pause before the broker reads the log again after a failure.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);
}
