namespace LogView.Client.Contracts.Events;

/// <summary>
/// One event. <see cref="Source"/> is the JSON object exactly as it was sent (for a line of text: the object its parser made);
/// <see cref="Derived"/> is what the pipeline added beside it, also a JSON object with dotted names. Immutable but for the
/// lazily flattened <see cref="Fields"/>; safe to share between threads.
/// </summary>
public sealed class LogEvent
{
    private EventFields? _fields;

    public required EventId Id { get; init; }

    /// <summary>True when the shipper gave the id, so that the same event may come again; false for an id LogView made.</summary>
    public bool IsIdGiven { get; init; }

    public required DataStreamName DataStream { get; init; }

    public required Timestamp Timestamp { get; init; }

    /// <summary>
    /// Position in the write-ahead log: strictly increasing in the order of acceptance, from 1. Breaks ties between events of one
    /// timestamp. 0 before the event is accepted. Of an event of others it says nothing about this log.
    /// </summary>
    public long Sequence { get; init; }

    /// <summary>Which LogView's log <see cref="Sequence"/> counts, where several write to one store: events of two may share it. Null in a store of one.</summary>
    public string? Writer { get; init; }

    /// <summary>This LogView's log never had it: another LogView or another program wrote it to a store that is shared.</summary>
    public bool IsOfOthers { get; init; }

    /// <summary>UTF-8 JSON object, byte for byte as sent.</summary>
    public required ReadOnlyMemory<byte> Source { get; init; }

    /// <summary>UTF-8 JSON object of derived fields (dotted names → scalar or array of scalars); empty memory when there are none.</summary>
    public ReadOnlyMemory<byte> Derived { get; init; }

    /// <summary>The same event as accepted at a position of the write-ahead log.</summary>
    public LogEvent WithSequence(long sequence) => new()
    {
        Id = Id, IsIdGiven = IsIdGiven, DataStream = DataStream, Timestamp = Timestamp, Sequence = sequence, Source = Source, Derived = Derived, Writer = Writer, IsOfOthers = IsOfOthers, _fields = _fields,
    };

    /// <summary>
    /// Source and derived fields, flattened on first use. Where both have a name, the derived values come first.
    /// Always has <c>@timestamp</c> as the nine-digit form of <see cref="Timestamp"/>.
    /// </summary>
    public EventFields Fields => _fields ??= EventFlattener.Flatten(this);

    /// <summary><see cref="Fields"/>, not kept: for who looks once, so that what was made for it is garbage at once.</summary>
    internal EventFields FieldsOnce() => _fields ?? EventFlattener.Flatten(this);

    /// <summary>True when <see cref="Fields"/> were asked for before: they cost no more.</summary>
    internal bool IsFlattened => _fields is not null;
}
