using System.Text.RegularExpressions;
using CsCheck;
using LogView.Client.Language.Matching;
using LogView.Client.Language.Patterns;
using LogView.Tests.Testing;

namespace LogView.Tests.Language;

public sealed class RequiredWordsTests
{
    private static readonly string[] Bits = ["took", "ms.", "<*>", "<...>", "\"<*>\"", "a(b)", "결제", "x=<*>,", "[end]", "ab-cd", "?", "--", "A_b"];

    [Theory]
    [InlineData("order <*> was not found in <*>", "was not found in")]
    [InlineData("took <*> ms.", "took")]
    [InlineData("<*> a(b)", "a(b)")]
    [InlineData("<*> <...>", null)]
    [InlineData("x=<*>", null)]
    public void Of_Template_IsItsLongestRun(string template, string? words) => Assert.Equal(words, RequiredWords.Of(MessageTemplate.ToRegex(template)));

    [Theory]
    [InlineData(@"took \d+ ms")]
    [InlineData(@"^\s*a\s+b|c\s*$")]
    [InlineData(@"^\s*(a\s+b)?\s*$")]
    [InlineData(@"^\s*(foo\s+bar\s+baz)?\s*$")]
    [InlineData(@"^\s*[a\s+bc\s+d]+\s*$")]
    [InlineData(@"^\s*a\\s+b\s*$")]
    [InlineData(@"^\s*[]\s+foo\s+b]+\s*$")]
    [InlineData(@"^\s*[^]\s+foo\s+b]+\s*$")]
    [InlineData(@"^\s*([(]\s+foo\s+b)?\s*$")]
    [InlineData(@"^\s*\s*$")]
    [InlineData(@"^\s*$")]
    [InlineData(@"^\s*\d\s*$")]
    public void Of_AnythingElse_IsNothing(string pattern) => Assert.Null(RequiredWords.Of(pattern));

    [Fact]
    public void Of_TemplateThatMatches_IsInTheText() => Gen.Select(Gen.Int[0, Bits.Length - 1].Select(i => Bits[i]).Array[1, 8], Gen.Int[1, 3]).Sample(
        (bits, gap) =>
        {
            string template = string.Join(' ', bits), pattern = MessageTemplate.ToRegex(template);
            string text = string.Join(new string(' ', gap), bits.Where(b => b != MessageTemplate.Words)).Replace("<*>", "v1", StringComparison.Ordinal);
            if (Regex.IsMatch(text, pattern, RegexOptions.NonBacktracking) && RequiredWords.Of(pattern) is { } words)
            {
                Assert.True(TextTest.Phrase(words, slop: 0).Matches(text), $"'{words}' of '{template}' is not in '{text}'");
            }
        },
        seed: Seed.Value,
        iter: 1_000);
}
