using LogView.Client.Language.Text;

namespace LogView.Tests.Language.Text;

public sealed class WordsTests
{
    [Theory]
    [InlineData("Connection refused", "Connection|refused")]
    [InlineData("time-out a/b=c", "time|out|a|b|c")]
    [InlineData("user_id _ __x", "user_id|__x")]
    [InlineData("java.io.IOException: x", "java|io|IOException|x")]
    [InlineData("10.0.0.1:8080 1,024 3.5s", "10.0.0.1|8080|1,024|3.5s")]
    [InlineData("don't 'quoted' O’Brien", "don't|quoted|O’Brien")]
    [InlineData("2026-11-22T05:02:11.482Z", "2026|11|22T05|02|11.482Z")]
    [InlineData("end. (start) \"mid\"", "end|start|mid")]
    [InlineData("주문 결제실패API호출", "주문|결제실패|API|호출")]
    [InlineData("東京タワーへ行く。", "東京タワーへ行く")]
    [InlineData("สวัสดีครับ", "สวัสดีครับ")]
    [InlineData("cafe\u0301 naïve", "cafe\u0301|naïve")]
    [InlineData("ａｂｃ　ｄ", "ａｂｃ|ｄ")]
    [InlineData("ok 😀👍🏽 done", "ok|😀👍🏽|done")]
    [InlineData("\ufffd broken", "broken")]
    [InlineData("--- !!!", "")]
    [InlineData("", "")]
    public void Enumerate_Text_GivesItsWords(string text, string words)
    {
        List<string> found = [];
        foreach (Word word in Words.Enumerate(text))
        {
            found.Add(text.Substring(word.Start, word.Length));
        }

        Assert.Equal(words, string.Join('|', found));
    }

    [Theory]
    [InlineData("ERROR", "error")]
    [InlineData("ＡＢＣ１２３", "abc123")]
    [InlineData("ｶﾞｷﾞ", "ガギ")]
    [InlineData("cafe\u0301", "café")]
    [InlineData("결제", "결제")]
    [InlineData("Σίσυφος", "σίσυφοσ")]
    [InlineData("co\u00adop", "coop")]
    [InlineData("❤\ufe0f", "❤")]
    [InlineData("𐐀", "𐐨")]
    [InlineData("é", "é")]
    public void Fold_Text_IsCaseAndWidthAndFormFree(string text, string folded)
    {
        Assert.Equal(folded, TextFolding.Fold(text));
        Assert.Equal(folded, TextFolding.Fold(text.Normalize(System.Text.NormalizationForm.FormD)));
    }

    [Fact]
    public void Fold_HalfASurrogatePair_IsTheReplacementCharacter() => Assert.Equal("a\ufffd", TextFolding.Fold($"A{(char)0xD83D}"));

    [Fact]
    public void Enumerate_HalfASurrogatePair_IsNoWord()
    {
        int position = 0;

        Assert.False(Words.TryNext($"{(char)0xD83D} {(char)0xDE00}", ref position, out _));
    }
}
