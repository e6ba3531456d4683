using LogView.Client.Discover.Fields;

namespace LogView.Tests.Discover.Fields;

public class ShortNumberTests
{
    [Theory]
    [InlineData(null, "–")]
    [InlineData(double.NaN, "–")]
    [InlineData(0d, "0")]
    [InlineData(12.3456, "12.346")]
    [InlineData(-1234.56, "-1,234.6")]
    [InlineData(44_876_551.5, "44.877 M")]
    [InlineData(2e9, "2 G")]
    [InlineData(1e18, "1e18")]
    [InlineData(0.00012, "1.2e-4")]
    public void Format_Number_IsShort(double? number, string text) => Assert.Equal(text, ShortNumber.Format(number));
}
