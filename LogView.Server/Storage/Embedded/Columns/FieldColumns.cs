namespace LogView.Server.Storage.Embedded.Columns;

/// <summary>All columns of one field in one segment.</summary>
/// <param name="Values">One per kind of value; texts only when the field is a keyword field.</param>
/// <param name="Text">The words of a text field.</param>
internal sealed record FieldColumns(IReadOnlyList<ValueColumn> Values, TextColumn? Text)
{
    public static readonly FieldColumns None = new([], null);

    public bool IsEmpty => Values.Count == 0 && Text is null;
}
