using System.Globalization;

namespace LogView.Client.Contracts.Events;

public enum FieldValueKind : byte
{
    Null,
    String,
    Long,
    Double,
    Boolean,
}

/// <summary>One scalar of an event as JSON gave it: a string, a 64-bit integer, a double, a boolean or null. Dates and IP addresses are strings here.</summary>
public readonly record struct FieldValue
{
    private readonly string? _text;
    private readonly long _bits;

    private FieldValue(FieldValueKind kind, string? text, long bits) => (Kind, _text, _bits) = (kind, text, bits);

    public FieldValueKind Kind { get; }

    public bool IsNumber => Kind is FieldValueKind.Long or FieldValueKind.Double;

    public static FieldValue Null => default;

    public static FieldValue Of(string text) => new(FieldValueKind.String, text, 0);

    public static FieldValue Of(long number) => new(FieldValueKind.Long, null, number);

    public static FieldValue Of(double number) => new(FieldValueKind.Double, null, BitConverter.DoubleToInt64Bits(number));

    public static FieldValue Of(bool value) => new(FieldValueKind.Boolean, null, value ? 1 : 0);

    /// <summary>The string. Only for <see cref="FieldValueKind.String"/>.</summary>
    public string AsString() => _text ?? throw new InvalidOperationException($"A {Kind} is not a string.");

    /// <summary>The integer. Only for <see cref="FieldValueKind.Long"/>.</summary>
    public long AsLong() => Kind == FieldValueKind.Long ? _bits : throw new InvalidOperationException($"A {Kind} is not a long.");

    /// <summary>The number, also of a long (rounded above 2^53).</summary>
    public double AsDouble() => Kind switch
    {
        FieldValueKind.Long => _bits,
        FieldValueKind.Double => BitConverter.Int64BitsToDouble(_bits),
        _ => throw new InvalidOperationException($"A {Kind} is not a number."),
    };

    public bool AsBoolean() => Kind == FieldValueKind.Boolean ? _bits != 0 : throw new InvalidOperationException($"A {Kind} is not a boolean.");

    /// <summary>As shown and as keyword: the string itself, shortest round-trip number, <c>true</c>/<c>false</c>, or empty for null.</summary>
    public override string ToString() => Kind switch
    {
        FieldValueKind.String => _text!,
        FieldValueKind.Long => _bits.ToString(CultureInfo.InvariantCulture),
        FieldValueKind.Double => BitConverter.Int64BitsToDouble(_bits).ToString("R", CultureInfo.InvariantCulture),
        FieldValueKind.Boolean => _bits != 0 ? "true" : "false",
        _ => "",
    };
}
