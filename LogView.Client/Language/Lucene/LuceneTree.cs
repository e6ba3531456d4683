using LogView.Client.Contracts.Query;

namespace LogView.Client.Language.Lucene;

internal enum LuceneOccur : byte
{
    Should,
    Must,
    MustNot,
}

internal sealed record LuceneClause(LuceneOccur Occur, LuceneNode Node);

/// <summary>What Lucene's parser understands, before LogView gives it its own meaning. A field of null: none was named.</summary>
internal abstract record LuceneNode
{
    public double? Boost { get; init; }

    public sealed record Bool(IReadOnlyList<LuceneClause> Clauses) : LuceneNode;

    public sealed record Text(string? Field, string Value) : LuceneNode;

    public sealed record Phrase(string? Field, string Value, int Slop) : LuceneNode;

    /// <param name="Field">The field.</param>
    /// <param name="Pattern">With Lucene's escapes.</param>
    /// <param name="IsPrefix">Its only wildcard is a <c>*</c> at the end.</param>
    public sealed record Wildcard(string? Field, string Pattern, bool IsPrefix) : LuceneNode;

    public sealed record Regex(string? Field, string Pattern) : LuceneNode;

    public sealed record Fuzzy(string? Field, string Value, int Edits) : LuceneNode;

    public sealed record Range(string? Field, RangeBound? Lower, RangeBound? Upper, bool IncludeLower, bool IncludeUpper) : LuceneNode;
}
