using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;

namespace LogView.Client.Shared.Querying;

/// <summary>One offer while a query is typed.</summary>
/// <param name="Label">Shown.</param>
/// <param name="Insert">Replaces <paramref name="Length"/> characters from <paramref name="Start"/>.</param>
/// <param name="Start">In UTF-16 units of the text.</param>
/// <param name="Length">May be 0.</param>
/// <param name="Detail">Shown beside: a field's type, a value's count.</param>
public sealed record QueryOffer(string Label, string Insert, int Start, int Length, string? Detail = null);

/// <summary>Offers for a text with the caret at a place; cancelled by the next key.</summary>
public delegate Task<IReadOnlyList<QueryOffer>> QueryOfferProvider(string text, int caret, QueryLanguage language, CancellationToken cancellationToken);

/// <summary>The most frequent values of a field that contain a text, with counts; all for null.</summary>
public delegate Task<IReadOnlyList<FieldValueCount>> ValueCountProvider(string field, string? contains, CancellationToken cancellationToken);
