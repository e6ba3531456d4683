namespace LogView.Server.Storage;

/// <summary>Events that an engine finds although no LogView's write-ahead log ever had them: those of other programs in a shared cluster.</summary>
public static class OtherEvents
{
    /// <summary>Their sequences begin here, above all that the log gives.</summary>
    public const long FirstSequence = 1L << 62;
}
