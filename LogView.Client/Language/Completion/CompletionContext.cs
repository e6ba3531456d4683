namespace LogView.Client.Language.Completion;

/// <summary>What may be offered at the cursor.</summary>
[Flags]
public enum CompletionKinds : byte
{
    None = 0,
    Field = 1,

    /// <summary><c>:</c>, <c>&gt;=</c>, … after a field.</summary>
    Operator = 2,

    /// <summary>A value of <see cref="CompletionContext.FieldName"/>.</summary>
    Value = 4,

    /// <summary><c>and</c>, <c>or</c>.</summary>
    Conjunction = 8,
}

/// <summary>Where in a query the cursor stands.</summary>
/// <param name="Kinds">What fits there.</param>
/// <param name="Start">First character that a completion replaces.</param>
/// <param name="End">After the last one.</param>
/// <param name="Prefix">The unescaped literal before the cursor.</param>
/// <param name="Suffix">The unescaped literal after the cursor.</param>
/// <param name="Text">What stands between <paramref name="Start"/> and <paramref name="End"/>.</param>
/// <param name="FieldName">The field of the value, or what may become one; null where neither is known.</param>
/// <param name="NestedPath">Path of the braces around it, dotted; null outside of any.</param>
public sealed record CompletionContext(
    CompletionKinds Kinds, int Start, int End, string Prefix, string Suffix, string Text, string? FieldName = null, string? NestedPath = null)
{
    /// <summary>Start of the word at the cursor: what a conjunction replaces while it is typed.</summary>
    public int WordStart => Start + Prefix.Length - Prefix.Split(' ', '\t', '\n')[^1].Length;
}
