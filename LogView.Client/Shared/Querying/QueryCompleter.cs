using System.Globalization;
using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Client.Language;
using LogView.Client.Language.Completion;

namespace LogView.Client.Shared.Querying;

/// <summary>Offers what fits at the caret: field names with their types, values after <c>field:</c> with their counts, operators and keywords.</summary>
/// <param name="fields">Names known so far.</param>
/// <param name="values">Values of a field, from the store.</param>
public sealed class QueryCompleter(Func<IReadOnlyList<FieldInfo>> fields, ValueCountProvider values)
{
    /// <summary>Offers that are read before the next key.</summary>
    public const int MaxOffers = 12;

    /// <summary>A longer value, as a whole message, is nothing to choose from a list.</summary>
    private const int MaxValueLength = 200;

    private static readonly string[] Keywords = ["and", "or", "not"];
    private static readonly string[] Operators = [":", ">=", "<=", ">", "<"];

    public async Task<IReadOnlyList<QueryOffer>> CompleteAsync(string text, int caret, QueryLanguage language, CancellationToken cancellationToken)
    {
        CompletionContext place = QueryCompletion.At(text, caret, language);
        if (place.Kinds.HasFlag(CompletionKinds.Value) && place.FieldName is { Length: > 0 } field)
        {
            return await ValuesAsync(field, place, language, cancellationToken);
        }

        int start = place.WordStart;
        string word = place.Prefix[^Math.Clamp(caret - start, 0, place.Prefix.Length)..];
        List<QueryOffer> offers = [];
        if (place.Kinds.HasFlag(CompletionKinds.Conjunction))
        {
            offers.AddRange(Words(word, start, caret, language));
        }

        if (place.Kinds.HasFlag(CompletionKinds.Field))
        {
            offers.AddRange(Names(word, start, caret, language));
        }

        bool ownsName = place.Kinds.HasFlag(CompletionKinds.Operator) && fields().Any(f => f.Name.Equals(word, StringComparison.Ordinal));
        return ownsName ? [.. Operators.Select(o => new QueryOffer(o, $"{(o is ":" ? "" : " ")}{o} ", caret, 0)), .. offers.Where(o => !o.Label.Equals(word, StringComparison.Ordinal))] : offers;
    }

    private async Task<IReadOnlyList<QueryOffer>> ValuesAsync(string field, CompletionContext place, QueryLanguage language, CancellationToken cancellationToken)
    {
        IReadOnlyList<FieldValueCount> found = await values(field, place.Prefix.Trim(), cancellationToken);
        return
        [
            .. found.Select(v => (Text: v.Value.ToString(), v.Count)).Where(v => v.Text.Length is > 0 and <= MaxValueLength).Take(MaxOffers)
                .Select(v => new QueryOffer(v.Text, Literal(v.Text, language) + " ", place.Start, place.End - place.Start, v.Count.ToString("N0", CultureInfo.InvariantCulture))),
        ];
    }

    private static IEnumerable<QueryOffer> Words(string word, int start, int caret, QueryLanguage language) => Keywords
        .Where(k => k.StartsWith(word, StringComparison.OrdinalIgnoreCase) && k.Length > word.Length)
        .Select(k => language == QueryLanguage.Lucene ? k.ToUpperInvariant() : k)
        .Select(k => new QueryOffer(k, k + " ", start, caret - start));

    private IEnumerable<QueryOffer> Names(string word, int start, int caret, QueryLanguage language) => FieldOffers.Best(fields(), word, MaxOffers)
        .Select(f => new QueryOffer(f.Name, Name(f.Name, language), start, caret - start, f.Type.ToString().ToLowerInvariant()));

    private static string Name(string field, QueryLanguage language) =>
        language == QueryLanguage.Lucene ? QueryPrinter.LuceneLiteral(field) + ":" : QueryPrinter.Field(field) + ": ";

    private static string Literal(string value, QueryLanguage language)
    {
        if (language != QueryLanguage.Lucene)
        {
            return QueryPrinter.Literal(value);
        }

        return value.Any(char.IsWhiteSpace)
            ? $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""
            : QueryPrinter.LuceneLiteral(value);
    }
}
