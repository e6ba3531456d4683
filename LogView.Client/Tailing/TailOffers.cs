using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Search;

namespace LogView.Client.Tailing;

/// <summary>What is offered while a query or filter is typed: data streams, and fields and values of the last hour.</summary>
internal sealed class TailOffers(ISearchService search)
{
    /// <summary>Values offered at once.</summary>
    private const int MaxValues = 20;

    private static readonly SearchRequest LastHour = new() { From = "now-1h" };
    private Viewer? _viewer;

    public IReadOnlyList<DataStreamInfo> DataStreams { get; private set; } = [];

    public IReadOnlyList<FieldInfo> Fields { get; private set; } = [];

    public async Task LoadAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        _viewer = viewer;
        try
        {
            DataStreams = await search.DataStreamsAsync(viewer, cancellationToken);
        }
        catch (SearchUnavailableException)
        {
            // The tail does not need the store; names can be typed.
            return;
        }

        Fields = (await search.FieldsAsync(LastHour, viewer, cancellationToken)).Result?.Fields ?? [];
    }

    /// <summary>Fields asked for that no stored event has, where another may have been meant.</summary>
    public async Task<IReadOnlyList<SearchNote>> MisnamedAsync(TailState state, CancellationToken cancellationToken)
    {
        if (_viewer is not { } viewer || (state.Query.Length == 0 && state.Filters.Count == 0))
        {
            return [];
        }

        // No rows are wanted: which fields exist is looked up beside the search, over all that is stored.
        SearchRequest request = LastHour with
        {
            Query = state.Query,
            Language = state.Language,
            DataStream = state.DataStream,
            Filters = state.ToRequest().Filters,
            Size = 0,
            Count = CountMode.None,
        };
        SearchOutcome outcome = await search.SearchAsync(request, viewer, progress: null, cancellationToken);
        return [.. (outcome.Result?.Notes ?? []).Where(n => n is { Field: not null, Nearest: not null })];
    }

    public async Task<IReadOnlyList<string>> ValuesAsync(string field, string? contains, CancellationToken cancellationToken) =>
        [.. (await ValueCountsAsync(field, contains, cancellationToken)).Select(v => v.Value.ToString())];

    public async Task<IReadOnlyList<FieldValueCount>> ValueCountsAsync(string field, string? contains, CancellationToken cancellationToken)
    {
        if (_viewer is not { } viewer)
        {
            return [];
        }

        FieldValuesOutcome outcome = await search.ValuesAsync(LastHour, field, contains, MaxValues, viewer, cancellationToken);
        return outcome.Result?.Values ?? [];
    }
}
