using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;

namespace LogView.Client.Contracts.Tail;

/// <summary>What a live tail follows.</summary>
public sealed record TailRequest
{
    public const int DefaultBackfill = 500;
    public const int MaxBackfill = 2_000;

    public string Query { get; init; } = "";

    public QueryLanguage Language { get; init; }

    public string? DataStream { get; init; }

    public IReadOnlyList<SearchFilter> Filters { get; init; } = [];

    /// <summary>Newest matching events sent first, at most <see cref="MaxBackfill"/>.</summary>
    public int Backfill { get; init; } = DefaultBackfill;

    /// <summary>Resume after this place (<see cref="TailStatus.Position"/>); replaces the backfill.</summary>
    public string? Position { get; init; }
}

/// <summary>Exact counts since the subscription began: <c>Matched = Shown + LeftOut</c> once everything is sent.</summary>
/// <param name="Matched">Events that fit the query.</param>
/// <param name="Shown">Events sent.</param>
/// <param name="LeftOut">Events not sent because the viewer was slower than the stream.</param>
/// <param name="DelayMs">Milliseconds from acknowledgement to sending of the newest event sent.</param>
/// <param name="Position">Where to resume.</param>
/// <param name="Gap">After a resume: events between the old position and what could still be replayed are missing. Null: no gap.</param>
public sealed record TailStatus(long Matched, long Shown, long LeftOut, long DelayMs, string Position, TailGap? Gap = null);

/// <summary>A stretch of the stream that cannot be replayed any more, with its bounds in time where known.</summary>
public sealed record TailGap(string Reason, string? From, string? To);
