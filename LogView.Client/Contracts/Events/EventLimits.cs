namespace LogView.Client.Contracts.Events;

/// <summary>What one event may have. Past a limit the event is kept and marked, never dropped.</summary>
public static class EventLimits
{
    /// <summary>Bytes of one event's source. Elasticsearch's shippers cut at or below 1 MB too.</summary>
    public const int MaxEventBytes = 1024 * 1024;

    /// <summary>Levels of nesting that are read. Real logs stay below 20; a deeper object is refused by its receiver.</summary>
    public const int MaxJsonDepth = 64;

    /// <summary>Fields of one event that are indexed; the source keeps all.</summary>
    public const int MaxFields = 10_000;
}
