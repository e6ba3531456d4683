using Bunit;
using CsCheck;
using LogView.Client.Language;
using LogView.Client.Shared;
using LogView.Client.Shared.Terminal;
using LogView.Tests.Testing;

namespace LogView.Tests.Shared.Terminal;

public class AnsiTextTests : UiTest
{
    [Theory]
    [InlineData("\u001b[31mred\u001b[0m plain", "red=lv-ansi-1| plain=")]
    [InlineData("\u001b[1;33mwarn\u001b[22m not bold\u001b[39m", "warn=lv-ansi-3 lv-ansi-bold| not bold=lv-ansi-3")]
    [InlineData("\u001b[92mbright", "bright=lv-ansi-2")]
    [InlineData("\u001b[38;5;4mindexed\u001b[38;2;1;2;3mrgb", "indexed=lv-ansi-4|rgb=")]
    [InlineData("\u001b[48;5;1;32mon a ground", "on a ground=lv-ansi-2")]
    [InlineData("a\u001b[2Kb\u001b]0;title\u0007c\u001b(Bd", "a=|b=|c=|Bd=")]
    [InlineData("cut \u001b[3", "cut =")]
    [InlineData("\u001b", "")]
    public void Pieces_Sequences_AreStylesOrLeftOut(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', AnsiText.Pieces(text).Select(p => $"{text[p.Start..p.End]}={p.Class}")));

    [Fact]
    public void Pieces_AnyText_AreInOrderWithoutEscapes() => Gen.String[Gen.OneOf(Gen.Const('\u001b'), Gen.Char["[]m;0123456789aB\u0007\\"]), 0, 30].Sample(
        text => AnsiText.Pieces(text) is var pieces && pieces.All(p => p.Start < p.End && !text[p.Start..p.End].Contains('\u001b', StringComparison.Ordinal))
            && pieces.Zip(pieces.Skip(1)).All(p => p.First.End <= p.Second.Start),
        seed: Seed.Value);

    [Fact]
    public void Highlight_ColouredText_KeepsMatchesAndMarkup()
    {
        const string Text = "\u001b[31m<b>time\u001b[0mout";

        IRenderedComponent<Highlight> text = Render<Highlight>(p => p.Add(c => c.Text, Text).Add(c => c.Spans, [new TextRange(8, 19)]));

        text.MarkupMatches("<span class=\"lv-ansi-1\">&lt;b&gt;<mark>time</mark></span><span><mark>out</mark></span>");
    }
}
