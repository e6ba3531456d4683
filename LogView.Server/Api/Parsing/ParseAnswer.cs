using System.Text.Json.Serialization;
using LogView.Client.Contracts.Query;
using LogView.Client.Language.Completion;
using LogView.Server.Api.Search;

namespace LogView.Server.Api.Parsing;

/// <summary>The body of <c>POST /api/v1/query/parse</c>. With a cursor (in UTF-16 units) the answer says what may be typed there.</summary>
public sealed record ParseBody
{
    public required string Query { get; init; }

    public QueryLanguage? Language { get; init; }

    public int? Cursor { get; init; }
}

/// <summary><c>canonical</c> is the query as LogView prints it, which parses to the same <c>tree</c>.</summary>
public sealed record ParseAnswer
{
    public required string Canonical { get; init; }

    public required QueryTree Tree { get; init; }

    public required IReadOnlyList<NoteAnswer> Notes { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CompletionAnswer? Completion { get; init; }
}

/// <summary>What fits at the cursor: <c>kinds</c> (field, operator, value, conjunction) that would replace the text from <c>start</c> to <c>end</c>.</summary>
public sealed record CompletionAnswer(
    IReadOnlyList<string> Kinds, int Start, int End, string Prefix, string Suffix, string? FieldName, string? NestedPath)
{
    internal static CompletionAnswer At(string query, int cursor, QueryLanguage language)
    {
        CompletionContext at = QueryCompletion.At(query, cursor, language);
        CompletionKinds[] each = [CompletionKinds.Field, CompletionKinds.Operator, CompletionKinds.Value, CompletionKinds.Conjunction];
        return new CompletionAnswer(
            [.. each.Where(k => at.Kinds.HasFlag(k)).Select(k => k.ToString().ToLowerInvariant())],
            at.Start, at.End, at.Prefix, at.Suffix, at.FieldName, at.NestedPath);
    }
}
