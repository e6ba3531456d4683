using LogView.Client.Contracts.Search;

namespace LogView.Client.Contracts.Tail;

/// <summary>One item of the hub's <c>Subscribe</c> stream: exactly one of the two is set. After a problem the stream ends.</summary>
/// <param name="Batch">Rows and counts; at least one a second, also when nothing matches.</param>
/// <param name="Problem">Why there is no (more) tail: a query that does not parse, a missing right, a limit reached.</param>
public sealed record TailMessage(TailBatch? Batch, SearchProblem? Problem = null);

/// <param name="Rows">In the order of arrival; the backfill by time, oldest first. Often empty.</param>
/// <param name="Status">Counts after these rows.</param>
/// <param name="IsBackfill">The rows were stored before the subscription began. A subscription without a position has one such batch, before any other rows.</param>
public sealed record TailBatch(IReadOnlyList<TailRow> Rows, TailStatus Status, bool IsBackfill = false);

/// <summary>What a list of events shows of one event. The whole event is fetched by data stream and id when somebody opens it.</summary>
/// <param name="Id">Id of the event within its data stream.</param>
/// <param name="DataStream">Its data stream.</param>
/// <param name="TimestampNs">Nanoseconds since the epoch as decimal text: more than a JavaScript number holds.</param>
/// <param name="Level">Normalised <c>log.level</c>, or null.</param>
/// <param name="Service">Value of <c>service.name</c>, or null.</param>
/// <param name="Message">The first text field that has a value, or the source; cut at <see cref="MaxMessageLength"/> characters.</param>
/// <param name="IsCut">The message is longer than what is here.</param>
/// <param name="Lines">Lines of the whole message, at least 1.</param>
/// <param name="Sequence">Order of arrival.</param>
/// <param name="Values">Values of the requested columns in their order, null where the event lacks the field; cut like the message.</param>
public sealed record TailRow(
    string Id, string DataStream, string TimestampNs, string? Level, string? Service, string Message, bool IsCut, int Lines, long Sequence,
    IReadOnlyList<string?> Values)
{
    /// <summary>UTF-16 units of a message or value in a row. Four full lines of a wide screen; 100 such rows are 100 KB.</summary>
    public const int MaxMessageLength = 1_000;
}
