using LogView.Client.Contracts.Search;

namespace LogView.Client.Discover.Detail;

/// <summary>Whose neighbours are shown around an event: everything, everything in its data stream, or only what shares a host, file, container or trace.</summary>
/// <param name="Name">In addresses.</param>
/// <param name="Label">Key of <see cref="DiscoverText"/>.</param>
/// <param name="Fields">Fields whose values are shared.</param>
/// <param name="IsEverywhere">In all data streams that may be seen, not only in the event's own.</param>
public sealed record ContextScope(string Name, string Label, IReadOnlyList<string> Fields, bool IsEverywhere = false)
{
    private static readonly ContextScope[] All =
    [
        new("stream", "Data stream", []),
        new("all", "All data streams", [], IsEverywhere: true),
        new("service", "Same service", ["service.name"]),
        new("host", "Same host", ["host.name"]),
        new("file", "Same file", ["host.name", "log.file.path"]),
        new("container", "Same container", ["container.id"]),
        new("pod", "Same pod", ["kubernetes.pod.name"]),
        new("trace", "Same trace", ["trace.id"], IsEverywhere: true),
    ];

    /// <summary>The scopes whose last field the event has.</summary>
    public static IReadOnlyList<ContextScope> Of(Hit hit) => [.. All.Where(s => s.Fields.Count == 0 || hit.Fields.Values(s.Fields[^1]).Count > 0)];

    /// <summary>The narrowest usual scope: the file it stands in, or else the service.</summary>
    public static ContextScope Default(IReadOnlyList<ContextScope> scopes) => Named(scopes, "file") ?? Named(scopes, "service") ?? scopes[0];

    /// <summary>Null when the event has no such scope.</summary>
    public static ContextScope? Named(IReadOnlyList<ContextScope> scopes, string? name) => scopes.FirstOrDefault(s => string.Equals(s.Name, name, StringComparison.Ordinal));

    /// <summary>What narrows the neighbours; the query and the filters of the page are dropped.</summary>
    public SearchRequest Request(Hit hit) => new()
    {
        DataStream = IsEverywhere ? null : hit.Event.DataStream.Value,
        Filters = [.. Fields.Where(f => hit.Fields.Values(f).Count > 0).Select(f => new SearchFilter { Field = f, Is = hit.Fields.First(f).ToString() })],
    };
}

/// <summary>Loads an event's neighbours.</summary>
public delegate Task<ContextOutcome> ContextLoader(ContextRequest request, CancellationToken cancellationToken);
