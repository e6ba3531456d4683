using LogView.Client.Layout.Palette;

namespace LogView.Tests.Layout;

public sealed class PaletteMatchTests
{
    private static readonly PaletteItem[] Items = [.. new[] { "Errors of the shop", "Discover", "The discount errors", "결제 실패", "Ｄata streams" }.Select(l => new PaletteItem(l, "", ""))];

    [Theory]
    [InlineData("", "Errors of the shop|Discover|The discount errors|결제 실패|Ｄata streams")]
    [InlineData("disco", "Discover|The discount errors")]
    [InlineData("ERR", "Errors of the shop|The discount errors")]
    [InlineData("shop errors", "Errors of the shop")]
    [InlineData("rrors", "Errors of the shop|The discount errors")]
    [InlineData("실패", "결제 실패")]
    [InlineData("data", "Ｄata streams")]
    [InlineData("nothing such", "")]
    public void Of_Typed_FindsByWordsAndBeginningsFirst(string typed, string expected) =>
        Assert.Equal(expected, string.Join('|', PaletteMatch.Of(Items, typed).Select(i => i.Label)));
}
