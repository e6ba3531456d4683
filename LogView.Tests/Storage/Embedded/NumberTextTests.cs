using System.Globalization;
using System.Text;
using CsCheck;
using LogView.Server.Storage.Embedded.Sources;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Embedded;

/// <summary>Texts that sources are put together from.</summary>
public sealed class NumberTextTests
{
    private static readonly Gen<double> Number = Gen.OneOf(
        Gen.Double, Gen.Int[-2_000_000_000, 2_000_000_000].Select(i => i / 1000.0), Gen.Int[-2_000_000, 2_000_000].Select(i => i / 1e6), Gen.Int.Select(i => (double)i),
        Gen.Double[-1e9, 1e9].Select(d => Math.Round(d, 6)), Gen.Const(-0.0), Gen.Const(double.MaxValue), Gen.Const(double.Epsilon));

    [Fact]
    public void Double_OfAnySize_IsWrittenInItsShortestForm() => Number.Sample(
        number =>
        {
            Span<byte> text = stackalloc byte[ColumnTexts.MaxNumberLength];
            int length = ColumnTexts.Format(PieceKind.Double, BitConverter.DoubleToInt64Bits(number), text);

            return string.Equals(number.ToString(CultureInfo.InvariantCulture), Encoding.UTF8.GetString(text[..length]), StringComparison.Ordinal);
        },
        iter: 200_000, seed: Seed.Value);

    [Theory]
    [InlineData(0, 0, "1970-01-01T00:00:00Z")]
    [InlineData(-1, 9, "1969-12-31T23:59:59.999999999Z")]
    [InlineData(1_793_491_200_123_456_789, 3, "2026-11-01T00:00:00.123Z")]
    [InlineData(long.MinValue, 1, "1677-09-21T00:12:43.1Z")]
    [InlineData(long.MaxValue, 0, "2262-04-11T23:47:16Z")]
    public void Time_WithDigits_IsCutToThem(long nanoseconds, int digits, string expected)
    {
        Span<byte> text = stackalloc byte[TimeText.MaxLength + 8];
        int length = TimeText.Write(nanoseconds, digits, text);

        Assert.Equal(expected, Encoding.UTF8.GetString(text[..length]));
        Assert.Equal(digits, TimeText.DigitsOf(text[..length]));
    }
}
