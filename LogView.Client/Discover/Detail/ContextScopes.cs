using LogView.Client.Contracts.Search;

namespace LogView.Client.Discover.Detail;

/// <summary>Whose neighbours are shown around an event: everything in its data stream, or only what shares a host, file, container or trace.</summary>
/// <param name="Label">Key of <see cref="DiscoverText"/>.</param>
/// <param name="Fields">Fields whose values are shared.</param>
public sealed record ContextScope(string Label, IReadOnlyList<string> Fields)
{
    private static readonly ContextScope[] All =
    [
        new("Data stream", []),
        new("Same service", ["service.name"]),
        new("Same host", ["host.name"]),
        new("Same file", ["host.name", "log.file.path"]),
        new("Same container", ["container.id"]),
        new("Same pod", ["kubernetes.pod.name"]),
        new("Same trace", ["trace.id"]),
    ];

    /// <summary>The scopes whose last field the event has.</summary>
    public static IReadOnlyList<ContextScope> Of(Hit hit) => [.. All.Where(s => s.Fields.Count == 0 || hit.Fields.Values(s.Fields[^1]).Count > 0)];

    /// <summary>The narrowest usual scope: the file it stands in, or else the service.</summary>
    public static ContextScope Default(IReadOnlyList<ContextScope> scopes) =>
        scopes.FirstOrDefault(s => s.Label is "Same file") ?? scopes.FirstOrDefault(s => s.Label is "Same service") ?? scopes[0];

    /// <summary>What narrows the neighbours; the query and the filters of the page are dropped.</summary>
    public SearchRequest Request(Hit hit) => new()
    {
        DataStream = hit.Event.DataStream.Value,
        Filters = [.. Fields.Where(f => hit.Fields.Values(f).Count > 0).Select(f => new SearchFilter { Field = f, Is = hit.Fields.First(f).ToString() })],
    };
}

/// <summary>Loads an event's neighbours.</summary>
public delegate Task<ContextOutcome> ContextLoader(ContextRequest request, CancellationToken cancellationToken);
