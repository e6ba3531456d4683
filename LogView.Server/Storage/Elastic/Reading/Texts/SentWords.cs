using System.Text.Json.Nodes;
using LogView.Client.Language.Matching;
using LogView.Server.Storage.Elastic.Writing;

namespace LogView.Server.Storage.Elastic.Reading.Texts;

/// <summary>Words of a text → queries over <see cref="WordTokens"/>.</summary>
internal static class SentWords
{
    /// <param name="words">The field that has the tokens.</param>
    /// <param name="matcher">What is searched for.</param>
    public static Part Of(string words, TextMatcher matcher)
    {
        if (matcher.Words.Count == 1)
        {
            return Of(words, matcher.Words[0]);
        }

        if (matcher.Slop == 0 && matcher.Words.All(w => w is WordTest.Exact { IsRun: false }))
        {
            return Part.Exact(Dsl.Phrase(words, string.Join(' ', matcher.Words.Select(w => WordTokens.Single(w.Needle)))));
        }

        return Part.Wide(Dsl.And([.. matcher.Words.Select(w => Of(words, w).Query)]));
    }

    private static Part Of(string words, WordTest test) => test switch
    {
        WordTest.Exact { IsRun: true } run => Part.Exact(Dsl.Phrase(words, WordTokens.Run(run.Needle))),
        WordTest.Exact word when word.Needle.Length > WordTokens.MaxWordLength => Part.Exact(Dsl.None),
        WordTest.Exact word => Part.Exact(Dsl.Term(words, WordTokens.Single(word.Needle))),
        WordTest.Pattern pattern => Of(words, pattern.Text),
        _ => Part.Wide(Dsl.Exists(words)),
    };

    /// <summary>Fits a whole word, or any part of a run.</summary>
    private static Part Of(string words, string pattern)
    {
        if (pattern.All(c => c == '*'))
        {
            return Part.Exact(Dsl.Exists(words));
        }

        if (pattern.Contains('\\', StringComparison.Ordinal))
        {
            return Part.Wide(Dsl.Exists(words));
        }

        JsonObject single = Dsl.On("wildcard", words, new JsonObject { ["value"] = WordTokens.Single(pattern) });
        string[] pieces = pattern.Split(['*', '?'], StringSplitOptions.RemoveEmptyEntries);
        JsonObject run = pieces.Length == 0 ? Dsl.Exists(words) : Dsl.And([.. pieces.Select(p => Dsl.Phrase(words, WordTokens.Run(p)))]);
        bool isOnePiece = pieces.Length == 1 && !pattern.Contains('?', StringComparison.Ordinal);
        return new Part(Dsl.Or([single, run]), isOnePiece);
    }
}
