using System.Buffers.Text;
using LogView.Server.Storage.Embedded.Format;

namespace LogView.Server.Storage.Embedded.Sources;

/// <summary>The values of columns as they stand in a source. Columns have every value already, so a source need not keep it again.</summary>
internal abstract class ColumnTexts
{
    /// <summary>The longest text of a number: a double has at most 24 characters.</summary>
    public const int MaxNumberLength = 32;

    /// <summary>Digits behind the point of numbers that are formatted the quick way: with nine before it they are 15.</summary>
    private const int MaxDecimals = 6;

    /// <summary>Nanoseconds since 1970 of an event.</summary>
    public abstract long TimeOf(int doc);

    /// <summary>Appends the only value of that kind that the field has in the event; false when there is none.</summary>
    /// <param name="kind"><see cref="PieceKind.Text"/>, <see cref="PieceKind.Long"/> or <see cref="PieceKind.Double"/>.</param>
    /// <param name="field">Number of the field in the model.</param>
    /// <param name="doc">The event.</param>
    /// <param name="into">Receives the text.</param>
    public abstract bool TryAppend(PieceKind kind, int field, int doc, ByteWriter into);

    public void AppendTime(int doc, int digits, ByteWriter into)
    {
        Span<byte> text = stackalloc byte[TimeText.MaxLength + 8];
        into.Bytes(text[..TimeText.Write(TimeOf(doc), digits, text)]);
    }

    /// <summary>Writes a number as sources have it: a long in decimal, a double in the shortest form.</summary>
    public static int Format(PieceKind kind, long raw, Span<byte> into)
    {
        bool fits = kind == PieceKind.Long
            ? Utf8Formatter.TryFormat(raw, into, out int length)
            : TryFormatDecimal(BitConverter.Int64BitsToDouble(raw), into, out length)
                || BitConverter.Int64BitsToDouble(raw).TryFormat(into, out length, provider: System.Globalization.CultureInfo.InvariantCulture);
        return fits ? length : 0;
    }

    /// <summary>
    /// The shortest form of a double that has few digits, quicker than by searching for it: two decimals of up to 15 digits are never the
    /// same double, so the first that fits is the shortest. False: not such a number.
    /// </summary>
    private static bool TryFormatDecimal(double value, Span<byte> into, out int length)
    {
        length = 0;
        if (!(Math.Abs(value) is >= 0.001 and < 1e9))
        {
            return false;
        }

        double power = 1;
        for (int scale = 0; scale <= MaxDecimals; scale++, power *= 10)
        {
            double scaled = Math.Round(Math.Abs(value) * power);
            if (scaled / power != Math.Abs(value))
            {
                continue;
            }

            if (value < 0)
            {
                into[length++] = (byte)'-';
            }

            (long whole, long fraction) = Math.DivRem((long)scaled, (long)power);
            Utf8Formatter.TryFormat(whole, into[length..], out int digits);
            length += digits;
            if (scale > 0)
            {
                into[length] = (byte)'.';
                for (int i = length + scale; i > length; i--, fraction /= 10)
                {
                    into[i] = (byte)('0' + fraction % 10);
                }

                length += scale + 1;
            }

            return true;
        }

        return false;
    }
}
