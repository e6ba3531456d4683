using LogView.Client.Contracts.Search;
using LogView.Client.Language;
using LogView.Client.Language.Completion;
using LogView.Client.Shared.Filtering;

namespace LogView.Client.Shared.Querying;

/// <summary>Offers field names while one is typed, and values after <c>field:</c>.</summary>
/// <param name="fields">Names known so far.</param>
/// <param name="values">Values of a field.</param>
public sealed class QueryCompleter(Func<IReadOnlyList<FieldInfo>> fields, FieldValueProvider values)
{
    /// <summary>Offers that are read before the next key.</summary>
    public const int MaxOffers = 12;

    public async Task<IReadOnlyList<QueryOffer>> CompleteAsync(string text, int caret, CancellationToken cancellationToken)
    {
        CompletionContext place = QueryCompletion.At(text, caret);
        if (place.Kinds.HasFlag(CompletionKinds.Value) && place.FieldName is { } field)
        {
            IReadOnlyList<string> found = await values(field, place.Prefix, cancellationToken);
            return [.. found.Where(v => v.Length > 0).Take(MaxOffers).Select(v => new QueryOffer(v, QueryPrinter.Literal(v) + " ", place.Start, place.End - place.Start))];
        }

        return place.Kinds.HasFlag(CompletionKinds.Field) && place.Prefix.Length > 0 ? Names(place, caret) : [];
    }

    /// <summary>Names that begin with what is typed first, then the most frequent.</summary>
    private IReadOnlyList<QueryOffer> Names(CompletionContext place, int caret)
    {
        int start = place.WordStart;
        string word = place.Prefix[^Math.Clamp(caret - start, 0, place.Prefix.Length)..];
        return
        [
            .. fields().Where(f => word.Length > 0 && f.Name.Contains(word, StringComparison.OrdinalIgnoreCase))
                .OrderBy(f => f.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase) ? 0 : 1).ThenByDescending(f => f.Events).ThenBy(f => f.Name, StringComparer.Ordinal)
                .Take(MaxOffers).Select(f => new QueryOffer(f.Name, QueryPrinter.Field(f.Name) + ": ", start, caret - start, f.Type.ToString().ToLowerInvariant())),
        ];
    }
}
