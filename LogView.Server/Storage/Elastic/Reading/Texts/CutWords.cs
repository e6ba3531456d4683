using System.Text;
using System.Text.Json.Nodes;
using LogView.Client.Language.Matching;
using LogView.Server.Storage.Elastic.Indices;
using LogView.Server.Storage.Elastic.Writing;

namespace LogView.Server.Storage.Elastic.Reading.Texts;

/// <summary>Words of a plain text → queries over the field itself, which <see cref="IndexTemplate.TextAnalyzer"/> has cut. There are no runs in ASCII.</summary>
internal static class CutWords
{
    /// <summary>Null when no plain text can fit.</summary>
    public static Part? Of(string field, TextMatcher matcher)
    {
        if (matcher.Words.Any(w => !MayBePlain(w)))
        {
            return null;
        }

        if (matcher.Words.Count == 1)
        {
            return Of(field, matcher.Words[0]);
        }

        if (matcher.Slop == 0 && matcher.Words.All(w => w is WordTest.Exact))
        {
            return Part.Exact(Dsl.Phrase(field, string.Join(' ', matcher.Words.Select(w => w.Needle))));
        }

        return Part.Wide(Dsl.And([.. matcher.Words.Select(w => Of(field, w).Query)]));
    }

    private static bool MayBePlain(WordTest test) => test switch
    {
        WordTest.Exact word => !word.IsRun && word.Needle.Length <= WordTokens.MaxWordLength && Ascii.IsValid(word.Needle),
        WordTest.Pattern pattern => Ascii.IsValid(pattern.Text),
        _ => true,
    };

    private static Part Of(string field, WordTest test) => test switch
    {
        WordTest.Exact word => Part.Exact(Dsl.Term(field, word.Needle)),
        WordTest.Pattern pattern => Of(field, pattern.Text),
        _ => Part.Wide(Dsl.Exists(field)),
    };

    private static Part Of(string field, string pattern) =>
        pattern.All(c => c == '*') ? Part.Exact(Dsl.Exists(field))
        : pattern.Contains('\\', StringComparison.Ordinal) ? Part.Wide(Dsl.Exists(field))
        : Part.Exact(Dsl.On("wildcard", field, new JsonObject { ["value"] = pattern }));
}
