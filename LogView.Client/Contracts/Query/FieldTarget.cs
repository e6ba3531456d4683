namespace LogView.Client.Contracts.Query;

/// <summary>Which fields a clause looks at: the default text fields, one field, or all whose name fits a wildcard pattern.</summary>
/// <param name="Name">Null: the default text fields.</param>
/// <param name="IsPattern">The name has <c>*</c> wildcards (<c>machine.*: x</c>; <c>*: x</c> is every field); <c>\</c> makes the next character literal.</param>
public readonly record struct FieldTarget(string? Name, bool IsPattern = false)
{
    public static FieldTarget Default => default;

    public bool IsDefault => Name is null;

    public static FieldTarget Of(string name) => new(name);

    public override string ToString() => Name ?? "";
}
