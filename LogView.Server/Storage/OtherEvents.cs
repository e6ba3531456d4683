using LogView.Client.Contracts.Events;

namespace LogView.Server.Storage;

/// <summary>Events that an engine finds although LogView's write-ahead log never had them: those of others in a shared cluster.</summary>
public static class OtherEvents
{
    /// <summary>Their sequences begin here, above all that the log gives.</summary>
    public const long FirstSequence = 1L << 62;

    public static bool IsOther(LogEvent logEvent) => logEvent.Sequence >= FirstSequence;
}
