using CsCheck;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Client.Language;
using LogView.Client.Language.Completion;
using LogView.Client.Language.Text;
using LogView.Tests.Testing;

namespace LogView.Tests.Language;

public sealed class QueryPropertyTests
{
    private const int Samples = 2_000;

    [Fact]
    public void Parse_PrintedTree_IsTheTree() => QueryGenerators.Node.Sample(
        node =>
        {
            string text = QueryPrinter.Print(node);
            ParseResult result = QueryParser.Parse(text);
            Assert.True(Equals(node, result.Node), $"{text}\n{node}\n{result.Node?.ToString() ?? result.Error?.ToString()}");
        },
        seed: Seed.Value,
        iter: Samples);

    [Fact]
    public void Print_ParsedText_IsStable() => QueryGenerators.Text.Sample(
        text =>
        {
            foreach (QueryLanguage language in Enum.GetValues<QueryLanguage>())
            {
                if (QueryParser.Parse(text, language).Node is { } node)
                {
                    Assert.Equal(node, QueryParser.Parse(QueryPrinter.Print(node)).Node);
                }
            }
        },
        seed: Seed.Value,
        iter: Samples);

    [Fact]
    public void Literal_AnyValue_ReadsBackAsItself() => QueryGenerators.AnyText.Sample(
        value =>
        {
            Assert.Equal(value, QueryParser.Parse($"f: {QueryPrinter.Literal(value)}").Node switch
            {
                TermNode term => term.Text,
                PhraseNode phrase => phrase.Text,
                var other => other?.ToString(),
            });
            Assert.Equal(new TermNode(FieldTarget.Of("f"), value.Trim()), QueryParser.Parse($"f: {QueryPrinter.Unquoted(value.Trim())}").Node);
        },
        seed: Seed.Value,
        iter: Samples);

    [Fact]
    public void Parse_AnyText_AnswersNodeOrErrorInsideTheText() => QueryGenerators.Text.Sample(
        text =>
        {
            foreach (QueryLanguage language in Enum.GetValues<QueryLanguage>())
            {
                ParseResult result = QueryParser.Parse(text, language);
                Assert.True(result.Node is null != result.Error is null);
                if (result.Error is { } error)
                {
                    Assert.InRange(error.Offset, 0, text.Length);
                    Assert.InRange(error.Offset + error.Length, error.Offset, text.Length);
                    Assert.True(error.Suggestion is null || QueryParser.Parse(error.Suggestion, language).Error is null, error.Suggestion);
                }
            }
        },
        seed: Seed.Value,
        iter: Samples);

    [Fact]
    public void At_AnyTextAndCursor_ReplacesAroundTheCursor() => Gen.Select(QueryGenerators.Text, Gen.Double.Unit).Sample(
        (text, place) =>
        {
            int cursor = (int)(place * text.Length);
            CompletionContext context = QueryCompletion.At(text, cursor);
            Assert.True(cursor >= context.Start && cursor <= context.End, $"{Escaped(text)} at {cursor}: {context.Start} to {context.End}");
            Assert.Equal(text[context.Start..context.End], context.Text);
        },
        seed: Seed.Value,
        iter: Samples);

    [Fact]
    public void Fold_FoldedText_ChangesNothing() => Gen.String.Sample(
        text =>
        {
            string folded = TextFolding.Fold(text);
            Assert.Equal(folded, TextFolding.Fold(folded));
        },
        seed: Seed.Value,
        iter: Samples);

    [Fact]
    public void Resolve_AnyText_AnswersValueOrError() => Gen.Select(Gen.OneOf(Gen.String, DateTexts()), Gen.Long, Gen.Bool).Sample(
        (text, now, up) =>
        {
            DateMathResult result = DateMath.Resolve(text, new Timestamp(now), Zone, up);
            Assert.True(result.Value is null != result.Error is null);
        },
        seed: Seed.Value,
        iter: Samples);

    private static string Escaped(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    private static Gen<string> DateTexts() =>
        Gen.OneOf("now", "-", "+", "/", "1", "999999999", "d", "M", "y", "w", "h", "ms", "||", "2026", "-11", "-01", "T05", ":02", ":11", ".123456789", "Z", "+09:00", "1677-09-21", "2262-04-11")
            .Array[1, 8].Select(p => string.Concat(p));
}
