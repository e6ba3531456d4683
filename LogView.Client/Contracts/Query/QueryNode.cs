using LogView.Client.Contracts.Events;

namespace LogView.Client.Contracts.Query;

/// <summary>
/// What a query means, whatever it was written in. Nodes are values: equal when they mean the same text. Values are kept as
/// typed; how one is compared depends on the field's values (see docs/query-language.md).
/// </summary>
public abstract record QueryNode;

/// <summary>Every event: the empty query, and <c>*</c>.</summary>
public sealed record MatchAllNode : QueryNode;

/// <summary>No event.</summary>
public sealed record MatchNoneNode : QueryNode;

/// <summary>All of two or more children.</summary>
public sealed record AndNode(NodeList Children) : QueryNode;

/// <summary>At least one of two or more children.</summary>
public sealed record OrNode(NodeList Children) : QueryNode;

public sealed record NotNode(QueryNode Child) : QueryNode;

/// <summary>
/// Unquoted text: on keyword fields the whole value, on text fields any of its white-space separated pieces (a piece of several
/// words, such as <c>time-out</c>, as a phrase), on numbers, booleans, dates and IPs (also CIDR) the value it denotes.
/// </summary>
/// <param name="IgnoreCase">Keyword values are compared without case (<c>field:~value</c>).</param>
public sealed record TermNode(FieldTarget Field, string Text, bool IgnoreCase = false) : QueryNode;

/// <summary>Quoted text: on text fields the words next to each other in order, elsewhere as <see cref="TermNode"/>.</summary>
/// <param name="Slop">0 = adjacent and in order; n = all words within a window of n extra positions, in any order (<c>"a b"~5</c>).</param>
/// <param name="IgnoreCase">As in <see cref="TermNode"/> (<c>field:~"value"</c>).</param>
public sealed record PhraseNode(FieldTarget Field, string Text, int Slop = 0, bool IgnoreCase = false) : QueryNode;

/// <summary>
/// <c>*</c> any characters, <c>?</c> one; <c>\</c> makes the next character literal. Against the whole keyword value (of a number or boolean: its
/// text), or one word of a text field. Pieces separated by white space are alternatives on text fields, as in <see cref="TermNode"/>.
/// </summary>
/// <param name="IgnoreCase">As in <see cref="TermNode"/>.</param>
public sealed record WildcardNode(FieldTarget Field, string Pattern, bool IgnoreCase = false) : QueryNode;

/// <summary>Regular expression, unanchored on text (against the whole text), anchored as written on keywords. .NET syntax without backreferences and lookarounds.</summary>
public sealed record RegexNode(FieldTarget Field, string Pattern, bool IgnoreCase = false) : QueryNode;

/// <summary>Values between two bounds; at least one is given.</summary>
public sealed record RangeNode(FieldTarget Field, RangeBound? Lower, RangeBound? Upper) : QueryNode;

/// <summary>One end of a range as typed: a number, a date, date math, an IP address or a text.</summary>
public sealed record RangeBound(string Text, bool Inclusive);

/// <summary>The field has any value.</summary>
public sealed record ExistsNode(FieldTarget Field) : QueryNode;

/// <summary>A word of a text field, or a keyword value, within so many edits (Damerau-Levenshtein, at most 2).</summary>
public sealed record FuzzyNode(FieldTarget Field, string Text, int MaxEdits) : QueryNode;

/// <summary>KQL's <c>path: { child }</c>. LogView flattens arrays of objects, so it matches as the child under the path.</summary>
public sealed record NestedNode(FieldName Path, QueryNode Child) : QueryNode;
