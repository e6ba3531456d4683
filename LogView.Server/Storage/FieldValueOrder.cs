using LogView.Client.Contracts.Events;

namespace LogView.Server.Storage;

/// <summary>
/// One order over all values, the same on every engine: numbers by value, then false and true, then texts by code point (the order of
/// their UTF-8 bytes, as Elasticsearch sorts keywords). Missing values are after all.
/// </summary>
public sealed class FieldValueOrder : IComparer<FieldValue>
{
    public static readonly FieldValueOrder Instance = new();

    /// <summary>2^63: the first double above every long.</summary>
    private const double AboveLong = 9223372036854775808d;

    /// <summary>Integers above this are not all representable as doubles.</summary>
    private const double ExactInteger = 9007199254740992d;

    private FieldValueOrder()
    {
    }

    public int Compare(FieldValue x, FieldValue y)
    {
        int byKind = Rank(x.Kind).CompareTo(Rank(y.Kind));
        return byKind != 0 ? byKind : x.Kind switch
        {
            FieldValueKind.String => CompareText(x.AsString(), y.AsString()),
            FieldValueKind.Boolean => x.AsBoolean().CompareTo(y.AsBoolean()),
            FieldValueKind.Null => 0,
            _ => CompareNumbers(x, y),
        };
    }

    /// <summary>The value that stands for all equal ones: <c>1.0</c> becomes the long 1. Groups (terms, cardinality) are by canonical value.</summary>
    public static FieldValue Canonical(FieldValue value)
    {
        if (value.Kind != FieldValueKind.Double)
        {
            return value;
        }

        double number = value.AsDouble();
        return Math.Abs(number) <= ExactInteger && Math.Truncate(number) == number ? FieldValue.Of((long)number) : value;
    }

    /// <summary>Code point order. UTF-16 order differs from it only where a surrogate meets a character above the surrogates.</summary>
    public static int CompareText(ReadOnlySpan<char> x, ReadOnlySpan<char> y)
    {
        int same = x.CommonPrefixLength(y);
        if (same == x.Length || same == y.Length)
        {
            return x.Length.CompareTo(y.Length);
        }

        return Weight(x[same]).CompareTo(Weight(y[same]));
    }

    /// <summary>Moves the surrogates, which stand for the characters above U+FFFF, behind all others.</summary>
    private static int Weight(char c) => char.IsSurrogate(c) ? c + char.MaxValue : c;

    private static int Rank(FieldValueKind kind) => kind switch
    {
        FieldValueKind.Long or FieldValueKind.Double => 0,
        FieldValueKind.Boolean => 1,
        FieldValueKind.String => 2,
        _ => 3,
    };

    private static int CompareNumbers(FieldValue x, FieldValue y) => (x.Kind, y.Kind) switch
    {
        (FieldValueKind.Long, FieldValueKind.Long) => x.AsLong().CompareTo(y.AsLong()),
        (FieldValueKind.Double, FieldValueKind.Double) => x.AsDouble().CompareTo(y.AsDouble()),
        (FieldValueKind.Long, _) => CompareMixed(x.AsLong(), y.AsDouble()),
        _ => -CompareMixed(y.AsLong(), x.AsDouble()),
    };

    private static int CompareMixed(long whole, double real)
    {
        if (real >= AboveLong || real < -AboveLong)
        {
            return real > 0 ? -1 : 1;
        }

        int byWhole = whole.CompareTo((long)real);
        return byWhole != 0 ? byWhole : 0d.CompareTo(real - Math.Truncate(real));
    }
}
