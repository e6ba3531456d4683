using System.Collections.Concurrent;
using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Tail;
using LogView.Client.Language;
using LogView.Server.Storage;

namespace LogView.Server.Tail;

/// <summary>What one or more subscriptions look for: the compiled query and the data streams that were asked for and may be seen. Safe for concurrent use.</summary>
public sealed class TailQuery
{
    private readonly ConcurrentDictionary<string, bool> _admitted = new(StringComparer.Ordinal);
    private readonly Matcher _matcher;
    private readonly Viewer _viewer;
    private readonly string? _dataStream;
    private readonly QueryNode _node;
    private readonly Timestamp _now;

    private TailQuery(QueryNode node, TailRequest request, Viewer viewer, Timestamp now)
    {
        (_node, _now, _viewer, _dataStream) = (node, now, viewer, request.DataStream);
        _matcher = Matcher.Compile(node, now, TimeZoneInfo.Utc);
        string canonical = QueryPrinter.Print(node);
        LastingKey = string.Join('\n', [canonical, request.DataStream ?? "", .. viewer.DataStreams]);
        // Date math stands for another instant in each subscription: those share with nobody.
        Key = canonical.Contains("now", StringComparison.OrdinalIgnoreCase) ? $"{now}\n{LastingKey}" : LastingKey;
    }

    /// <summary>Subscriptions of one key see the same events and share the evaluation.</summary>
    public string Key { get; }

    /// <summary>The same for subscriptions that ask for the same, and may see the same, whenever they began.</summary>
    public string LastingKey { get; }

    /// <summary>The query of a request, or why there is none.</summary>
    public static TailQueryOutcome Of(TailRequest request, Viewer viewer, Timestamp now)
    {
        ParseResult parsed = QueryParser.Parse(request.Query, request.Language);
        if (parsed.Node is not { } query)
        {
            return new(null, new SearchProblem(SearchProblemKind.BadQuery, $"The query does not parse: {parsed.Error}", parsed.Error));
        }

        QueryNode node = FilterNodes.Combine(query, request.Filters);
        return new(new TailQuery(node, request, viewer, now), null);
    }

    public bool Matches(LogEvent logEvent) => Admits(logEvent.DataStream) && _matcher.Matches(logEvent);

    /// <summary>The same as a search of the store.</summary>
    public StoreSearch ToSearch() => new()
    {
        Query = _node,
        DataStreams = Admits,
        ByAliases = (name, aliases) => _viewer.MayTouch(name) && DataStreamPattern.Matches(_dataStream, name.Value, aliases),
        Now = _now,
    };

    private bool Admits(DataStreamName name)
    {
        if (_admitted.TryGetValue(name.Value, out bool admitted))
        {
            return admitted;
        }

        if (_admitted.Count >= TailLimits.RememberedDataStreams)
        {
            _admitted.Clear();
        }

        return _admitted[name.Value] = DataStreamPattern.Matches(_dataStream, name.Value) && _viewer.MayTouch(name);
    }
}

/// <summary>Exactly one of the two is set.</summary>
public sealed record TailQueryOutcome(TailQuery? Query, SearchProblem? Problem);
