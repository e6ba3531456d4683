using System.Text;
using LogView.Client.Language.Matching;
using LogView.Server.Storage.Embedded.Columns;
using LogView.Server.Storage.Embedded.Terms;

namespace LogView.Server.Storage.Embedded.Planning;

/// <summary>Finds the words of a segment that satisfy one word of a query, by the index where its form allows.</summary>
internal sealed class WordPlan
{
    private const int StackChars = 256;

    private readonly WordTest _test;
    private readonly byte[]? _whole;
    private readonly WordCondition[] _conditions;

    public WordPlan(WordTest test)
    {
        _test = test;
        _whole = test is WordTest.Exact { IsRun: false } ? Encoding.UTF8.GetBytes(test.Needle) : null;
        _conditions = _whole is not null ? [] : [.. Conditions()];
    }

    /// <summary>At most one word of a segment can satisfy it.</summary>
    public bool IsExact => _whole is not null;

    public List<int> Find(TextColumn text, CancellationToken cancellationToken)
    {
        if (_whole is not null)
        {
            return text.Find(_whole) is >= 0 and var term ? [term] : [];
        }

        List<int> found = [];
        foreach (WordCondition condition in _conditions)
        {
            found.AddRange(text.FindAll(condition, cancellationToken));
        }

        found.Sort();
        return found;
    }

    private IEnumerable<WordCondition> Conditions()
    {
        byte[]? part = _test.Needle.Length > 0 ? Encoding.UTF8.GetBytes(_test.Needle) : null;
        if (_test is WordTest.Pattern pattern && IsPrefix(pattern.Text))
        {
            // Whole words begin with it; runs need only have it somewhere.
            yield return new WordCondition(Fits) { Prefix = part, IsExact = true };
            yield return new WordCondition(Fits) { Prefix = [WordSplitter.RunMark] };
        }
        else
        {
            yield return new WordCondition(Fits) { Contains = part, IsExact = _test is WordTest.Pattern { NeedleSuffices: true } };
        }
    }

    private static bool IsPrefix(string pattern) =>
        pattern.Length > 1 && pattern[^1] == '*' && pattern.AsSpan(0, pattern.Length - 1).IndexOfAny('*', '?', '\\') < 0;

    private bool Fits(ReadOnlySpan<byte> word)
    {
        bool isRun = word.Length > 0 && word[0] == WordSplitter.RunMark;
        word = isRun ? word[1..] : word;
        Span<char> chars = word.Length <= StackChars ? stackalloc char[StackChars] : new char[word.Length];
        return _test.Fits(chars[..Encoding.UTF8.GetChars(word, chars)], isRun);
    }
}
