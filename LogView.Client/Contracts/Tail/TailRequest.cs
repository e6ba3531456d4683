using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;

namespace LogView.Client.Contracts.Tail;

/// <summary>What a live tail follows.</summary>
public sealed record TailRequest
{
    public const int DefaultBackfill = 500;
    public const int MaxBackfill = 2_000;

    /// <summary>Extra fields one row carries. More columns than this are not read on a screen.</summary>
    public const int MaxColumns = 20;

    public const int MaxReaderLength = 100;

    public string Query { get; init; } = "";

    public QueryLanguage Language { get; init; }

    public string? DataStream { get; init; }

    public IReadOnlyList<SearchFilter> Filters { get; init; } = [];

    /// <summary>Newest matching events sent first, at most <see cref="MaxBackfill"/>.</summary>
    public int Backfill { get; init; } = DefaultBackfill;

    /// <summary>Resume after this place (<see cref="TailStatus.Position"/>); replaces the backfill.</summary>
    public string? Position { get; init; }

    /// <summary>Names of fields whose values each row carries in <see cref="TailRow.Values"/>, in this order; at most <see cref="MaxColumns"/>.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>
    /// False, for eyes: a stream faster than about 1,200 rows a second is sampled, the newest rows win and the others are counted as left out. True, for
    /// programs: every match is sent; only a reader slower than the stream has events left out.
    /// </summary>
    public bool Complete { get; init; }

    /// <summary>
    /// A name, new on its connection, by which a reader tells the hub how many batches it has seen (<c>Seen</c>). Of those it has not seen only a few are sent; what comes meanwhile is left out and counted, so that
    /// a slow way shows what is new instead of falling behind. Null: it does not tell, and what was sent waits wherever the network keeps it.
    /// </summary>
    public string? Reader { get; init; }
}
