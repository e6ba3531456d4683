using System.Buffers;
using LogView.Client.Language.Text;

namespace LogView.Client.Language.Matching;

/// <summary>
/// Finds words of a text next to each other in order, or within a window in any order. Allocates nothing per text. Plain texts
/// (<see cref="PlainText"/>) are first searched for a piece that must be in them, so that most texts cost one vectorised scan.
/// </summary>
internal sealed class TextMatcher
{
    private readonly WordTest[] _words;
    private readonly int _slop;
    private readonly SearchValues<string>? _needle;
    private readonly string _needleText = "";
    private readonly bool _needleSuffices;

    public TextMatcher(IReadOnlyList<WordTest> words, int slop)
    {
        _words = [.. words.Take(LanguageLimits.MaxPhraseWords)];
        _slop = slop;
        string needle = _words.Select(w => w.Needle).MaxBy(n => n.Length) ?? "";
        if (needle.Length > 0 && PlainText.Is(needle))
        {
            _needleText = needle;
            _needle = SearchValues.Create([needle], StringComparison.OrdinalIgnoreCase);
            _needleSuffices = _words.Length == 1 && _words[0].NeedleSuffices;
        }
    }

    /// <summary>What the words have to be, next to each other in this order, or within a window of <see cref="Slop"/> more.</summary>
    public IReadOnlyList<WordTest> Words => _words;

    public int Slop => _slop;

    public bool IsMatch(string text)
    {
        if (_needle is not null && PlainText.Is(text))
        {
            int at = text.AsSpan().IndexOfAny(_needle);
            if (at < 0 || _needleSuffices)
            {
                return at >= 0;
            }

            if (_words is [WordTest.Exact])
            {
                return HasWholeWord(text, at);
            }
        }

        return _words.Length == 1 ? Scan(text, new AnyWord(_words[0]))
            : _slop == 0 ? Scan(text, new InOrder(_words))
            : WindowMatch.IsMatch(text, _words, _slop);
    }

    /// <summary>Every place where the text matches; of a window the words themselves.</summary>
    public void AddRanges(string text, List<TextRange> ranges)
    {
        if (!IsMatch(text))
        {
            return;
        }

        List<(Word Word, string Folded)> words = [];
        foreach (Word word in Text.Words.Enumerate(text))
        {
            words.Add((word, TextFolding.Fold(text.Substring(word.Start, word.Length))));
        }

        int width = _slop > 0 ? 1 : _words.Length;
        for (int i = 0; i + width <= words.Count; i++)
        {
            bool fits = _slop > 0
                ? Array.Exists(_words, w => w.Fits(words[i].Folded, words[i].Word.IsRun))
                : _words.Select((w, j) => w.Fits(words[i + j].Folded, words[i + j].Word.IsRun)).All(f => f);
            if (fits)
            {
                Word first = words[i].Word, last = words[i + width - 1].Word;
                AddRange(text, new TextRange(first.Start, last.End - first.Start), width == 1 && first.IsRun, ranges);
            }
        }
    }

    /// <summary>Of a run only what was looked for, where it stands as it is.</summary>
    private void AddRange(string text, TextRange range, bool isRun, List<TextRange> ranges)
    {
        int at = isRun && _words is [WordTest.Exact] ? text.IndexOf(_words[0].Needle, range.Start, range.Length, StringComparison.OrdinalIgnoreCase) : -1;
        if (at < 0)
        {
            ranges.Add(range);
        }

        while (at >= 0)
        {
            int end = at + _words[0].Needle.Length;
            ranges.Add(new TextRange(at, end - at));
            at = text.IndexOf(_words[0].Needle, end, range.End - end, StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>Looks at the neighbours of each place where the word stands in plain text.</summary>
    private bool HasWholeWord(ReadOnlySpan<char> text, int at)
    {
        int from = 0;
        while (true)
        {
            int start = from + at;
            if (PlainBoundary.IsBefore(text, start) && PlainBoundary.IsAfter(text, start + _needleText.Length))
            {
                return true;
            }

            from = start + 1;
            at = text[from..].IndexOfAny(_needle!);
            if (at < 0)
            {
                return false;
            }
        }
    }

    private static bool Scan<TState>(ReadOnlySpan<char> text, TState state)
        where TState : struct, IWordState
    {
        Span<char> buffer = stackalloc char[FoldedWord.StackLength];
        foreach (Word word in Text.Words.Enumerate(text))
        {
            if (state.Take(FoldedWord.Of(text, word, buffer), word.IsRun))
            {
                return true;
            }
        }

        return false;
    }

    private interface IWordState
    {
        /// <summary>True when with this word the text matches.</summary>
        bool Take(ReadOnlySpan<char> folded, bool isRun);
    }

    private readonly struct AnyWord(WordTest test) : IWordState
    {
        public bool Take(ReadOnlySpan<char> folded, bool isRun) => test.Fits(folded, isRun);
    }

    /// <summary>Shift-and: bit i says that the words up to the i-th stand at the end of what was read.</summary>
    private struct InOrder(WordTest[] words) : IWordState
    {
        private ulong _state;

        public bool Take(ReadOnlySpan<char> folded, bool isRun)
        {
            ulong candidates = (_state << 1) | 1;
            _state = 0;
            for (int i = 0; i < words.Length; i++)
            {
                ulong bit = 1UL << i;
                if ((candidates & bit) != 0 && words[i].Fits(folded, isRun))
                {
                    _state |= bit;
                }
            }

            return (_state >> (words.Length - 1)) != 0;
        }
    }
}
