using LogView.Client.Language.Matching;
using LogView.Server.Storage.Embedded.Columns;
using LogView.Server.Storage.Embedded.Documents;

namespace LogView.Server.Storage.Embedded.Planning;

/// <summary>What the words alone tell.</summary>
/// <param name="Sure">Events that match.</param>
/// <param name="Unsure">Events whose texts have to be looked at.</param>
internal readonly record struct WordsResult(DocSet Sure, DocSet Unsure);

/// <summary>The word part of a clause: which words are looked for, alone or next to each other.</summary>
internal sealed class WordsPlan(TextTest test)
{
    private const int PatternCost = 10;

    private readonly WordPlan[][] _matchers = [.. test.Matchers.Select(m => m.Words.Select(w => new WordPlan(w)).ToArray())];
    private readonly int[] _slops = [.. test.Matchers.Select(m => m.Slop)];

    public int Cost => test.Matchers.Count == 0 ? ClausePlan.ScanCost + 1 : _matchers.Sum(m => m.Sum(w => w.IsExact ? 2 : PatternCost));

    public WordsResult Evaluate(TextColumn text, int events, DocSet within, CancellationToken cancellationToken)
    {
        if (_matchers.Length == 0)
        {
            // Only punctuation was asked for: no index has it.
            return new WordsResult(DocSet.None, DocSets.And(text.Exists(events), within));
        }

        var result = new WordsResult(DocSet.None, DocSet.None);
        for (int i = 0; i < _matchers.Length; i++)
        {
            (DocSet found, bool isSure) = Match(_matchers[i], _slops[i], text, events, within, cancellationToken);
            result = isSure
                ? result with { Sure = DocSets.Or(result.Sure, found, events) }
                : result with { Unsure = DocSets.Or(result.Unsure, found, events) };
        }

        return result;
    }

    private static (DocSet Found, bool IsSure) Match(
        WordPlan[] words, int slop, TextColumn text, int events, DocSet within, CancellationToken cancellationToken)
    {
        var terms = new List<int>[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            terms[i] = words[i].Find(text, cancellationToken);
            if (terms[i].Count == 0)
            {
                return (DocSet.None, true);
            }
        }

        if (words.Length == 1)
        {
            return (DocSets.And(text.WithAny(terms[0], events, cancellationToken), within), true);
        }

        if (slop == 0 && Array.TrueForAll(terms, t => t.Count == 1))
        {
            DocSet found = text.WithPhrase(Array.ConvertAll(terms, t => t[0]), within, events, out bool isExact, cancellationToken);
            return (found, isExact);
        }

        foreach (List<int> any in terms.OrderBy(t => t.Count))
        {
            within = within.IsEmpty ? within : DocSets.And(text.WithAny(any, events, cancellationToken), within);
        }

        return (within, false);
    }
}
