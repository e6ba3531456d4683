using LogView.Client.Contracts.Query;
using LogView.Client.Language.Completion;

namespace LogView.Tests.Language;

public class LuceneCompletionTests
{
    [Theory]
    [InlineData("lev|", CompletionKinds.Field | CompletionKinds.Conjunction, 0, 3, "lev", "lev")]
    [InlineData("level:|", CompletionKinds.Value, 6, 6, "", "level")]
    [InlineData("level:er|", CompletionKinds.Value, 6, 8, "er", "level")]
    [InlineData("level:er|ror", CompletionKinds.Value, 6, 11, "er", "level")]
    [InlineData("level:\"a b|", CompletionKinds.Value, 6, 10, "a b", "level")]
    [InlineData("level:\"a b|\" x", CompletionKinds.Value, 6, 11, "a b", "level")]
    [InlineData("level:(error OR w|)", CompletionKinds.Value, 16, 17, "w", "level")]
    [InlineData("level:(|", CompletionKinds.Value, 7, 7, "", "level")]
    [InlineData("level:(a OR b) AND |", CompletionKinds.Field, 19, 19, "", null)]
    [InlineData("a\\:b:x|", CompletionKinds.Value, 5, 6, "x", "a:b")]
    [InlineData("_exists_:ho|", CompletionKinds.Field, 9, 11, "ho", null)]
    [InlineData("level:error |", CompletionKinds.Field | CompletionKinds.Conjunction, 12, 12, "", null)]
    [InlineData("level:error A|", CompletionKinds.Field | CompletionKinds.Conjunction, 12, 13, "A", "A")]
    [InlineData("+l|", CompletionKinds.Field | CompletionKinds.Conjunction, 1, 2, "l", "l")]
    [InlineData("n:[1 TO |", CompletionKinds.None, 8, 8, "", null)]
    [InlineData("n:[1 TO 2] h|", CompletionKinds.Field | CompletionKinds.Conjunction, 11, 12, "h", "h")]
    [InlineData("|", CompletionKinds.Field, 0, 0, "", null)]
    public void At_Cursor_SaysWhatFits(string marked, CompletionKinds kinds, int start, int end, string prefix, string? field)
    {
        CompletionContext context = QueryCompletion.At(marked.Replace("|", "", StringComparison.Ordinal), marked.IndexOf('|', StringComparison.Ordinal), QueryLanguage.Lucene);

        Assert.Equal((kinds, start, end, prefix, field), (context.Kinds, context.Start, context.End, context.Prefix, context.FieldName));
    }
}
