using LogView.Client.Contracts.Search;

namespace LogView.Client.Discover.Fields;

/// <summary>The sign of a field's type.</summary>
public static class FieldTypes
{
    public static string Sign(FieldType type) => type switch
    {
        FieldType.Text => "t",
        FieldType.Keyword => "k",
        FieldType.Long or FieldType.Double => "#",
        FieldType.Boolean => "b",
        FieldType.Date => "d",
        _ => "ip",
    };

    public static bool IsNumber(FieldType type) => type is FieldType.Long or FieldType.Double;
}
