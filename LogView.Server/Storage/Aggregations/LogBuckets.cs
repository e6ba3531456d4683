using System.Runtime.CompilerServices;

namespace LogView.Server.Storage.Aggregations;

/// <summary>
/// Bucket numbers of positive doubles, ⌈ln value ÷ ln gamma⌉, without a logarithm per value. The upper bits of a double (its exponent and
/// the top of its mantissa) choose a cell narrower than a bucket; the cell knows its bucket and where the next begins. The cells of an
/// exponent are computed when it is first met. Safe for concurrent use.
/// </summary>
internal sealed class LogBuckets(double gamma)
{
    /// <summary>Cells of one power of two. The narrowest bucket (2 % wide) is wider than the widest cell (1/256).</summary>
    private const int CellBits = 8;

    private const int MantissaBits = 52;
    private const int Exponents = 2_048;

    private readonly double _logGamma = Math.Log(gamma);
    private readonly Cell[]?[] _cells = new Cell[]?[Exponents];

    /// <param name="value">Positive, finite, not below the smallest normal double.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int IndexOf(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        Cell[] cells = _cells[bits >> MantissaBits] ?? MakeCells((int)(bits >> MantissaBits));
        Cell cell = cells[(int)(bits >> (MantissaBits - CellBits)) & ((1 << CellBits) - 1)];
        return bits >= cell.NextFrom ? cell.Index + 1 : cell.Index;
    }

    private Cell[] MakeCells(int exponent)
    {
        var cells = new Cell[1 << CellBits];
        for (int i = 0; i < cells.Length; i++)
        {
            long first = (long)exponent << MantissaBits | (long)i << (MantissaBits - CellBits);
            long last = first + (1L << (MantissaBits - CellBits)) - 1;
            int index = ByLogarithm(first);
            cells[i] = new Cell(index, ByLogarithm(last) == index ? long.MaxValue : FirstAbove(index, first, last));
        }

        return _cells[exponent] = cells;
    }

    /// <summary>The smallest bits of the cell in a later bucket than <paramref name="index"/>.</summary>
    private long FirstAbove(int index, long low, long high)
    {
        while (low < high)
        {
            long middle = low + (high - low) / 2;
            (low, high) = ByLogarithm(middle) > index ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private int ByLogarithm(long bits) => (int)Math.Ceiling(Math.Log(BitConverter.Int64BitsToDouble(bits)) / _logGamma);

    /// <param name="Index">Bucket of the cell's first value.</param>
    /// <param name="NextFrom">Bits of the first value that is one bucket further.</param>
    private readonly record struct Cell(int Index, long NextFrom);
}
