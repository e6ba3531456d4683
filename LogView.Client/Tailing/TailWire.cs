using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Tail;

namespace LogView.Client.Tailing;

/// <summary>A request as the browser hands it to the hub. MessagePack knows properties by their exact .NET names, which JavaScript interop would turn into camel case.</summary>
internal static class TailWire
{
    public static IReadOnlyDictionary<string, object?> Of(TailRequest request) => new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        [nameof(request.Query)] = request.Query,
        [nameof(request.Language)] = request.Language.ToString(),
        [nameof(request.DataStream)] = request.DataStream,
        [nameof(request.Filters)] = request.Filters.Select(Of).ToArray(),
        [nameof(request.Backfill)] = request.Backfill,
        [nameof(request.Position)] = request.Position,
        [nameof(request.Columns)] = request.Columns,
        [nameof(request.Complete)] = request.Complete,
    };

    private static Dictionary<string, object?> Of(SearchFilter filter) => new(StringComparer.Ordinal)
    {
        [nameof(filter.Field)] = filter.Field,
        [nameof(filter.Is)] = filter.Is,
        [nameof(filter.OneOf)] = filter.OneOf,
        [nameof(filter.Exists)] = filter.Exists,
        [nameof(filter.Pattern)] = filter.Pattern,
        [nameof(filter.Gte)] = filter.Gte,
        [nameof(filter.Gt)] = filter.Gt,
        [nameof(filter.Lte)] = filter.Lte,
        [nameof(filter.Lt)] = filter.Lt,
        [nameof(filter.Negate)] = filter.Negate,
        [nameof(filter.Disabled)] = filter.Disabled,
    };
}
