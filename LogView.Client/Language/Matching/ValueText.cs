using System.Globalization;
using LogView.Client.Contracts.Events;

namespace LogView.Client.Language.Matching;

/// <summary>Numbers and booleans as keyword, without a string: the text of <see cref="FieldValue.ToString"/>.</summary>
internal static class ValueText
{
    /// <summary>Room for any of them.</summary>
    public const int MaxLength = 40;

    public static ReadOnlySpan<char> Of(in FieldValue value, Span<char> buffer)
    {
        int length = 0;
        switch (value.Kind)
        {
            case FieldValueKind.Long:
                value.AsLong().TryFormat(buffer, out length, default, CultureInfo.InvariantCulture);
                break;
            case FieldValueKind.Double:
                value.AsDouble().TryFormat(buffer, out length, "R", CultureInfo.InvariantCulture);
                break;
            case FieldValueKind.Boolean:
                return value.AsBoolean() ? "true" : "false";
        }

        return buffer[..length];
    }
}
