using LogView.Server.Storage.Embedded.Columns;
using LogView.Server.Storage.Embedded.Documents;
using LogView.Server.Storage.Embedded.Terms;

namespace LogView.Server.Storage.Embedded.Heads;

/// <summary>Where the words of one text stand in the sequence of all words of the field.</summary>
internal readonly record struct WordRun(int Start, int Count);

/// <summary>The texts of a text field in a head, as numbers of words one after the other: scanning them is fast enough to need no index.</summary>
internal sealed class HeadText
{
    private int[] _words = new int[16];
    private int _wordCount;

    public HeadTerms Terms { get; } = new();

    /// <summary>One entry per text.</summary>
    public HeadEntries<WordRun> Texts { get; } = new();

    public int[] Words => Volatile.Read(ref _words);

    public long Memory => Terms.Memory + Texts.Memory + (long)_words.Length * sizeof(int);

    public void Add(int doc, WordList words)
    {
        if (_wordCount + words.Count > _words.Length)
        {
            int[] wider = _words;
            Array.Resize(ref wider, Math.Max(_wordCount + words.Count, Growth.Next(wider.Length)));
            Volatile.Write(ref _words, wider);
        }

        for (int i = 0; i < words.Count; i++)
        {
            _words[_wordCount + i] = Terms.Add(words[i]);
        }

        Texts.Add(doc, new WordRun(_wordCount, words.Count));
        _wordCount += words.Count;
    }

    public TextColumn? View(int events) => Texts.CountBefore(events) is > 0 and var count ? new Column(this, count) : null;

    private sealed class Column : TextColumn
    {
        private const int TextsPerCheck = 8_192;

        private readonly HeadTerms _terms;
        private readonly int[] _docs;
        private readonly WordRun[] _runs;
        private readonly int[] _words;
        private readonly int _texts;
        private readonly int _termCount;

        public Column(HeadText text, int count)
        {
            _texts = count;
            (_docs, _runs) = (text.Texts.Docs, text.Texts.Values);
            _words = text.Words;
            _terms = text.Terms;
            _termCount = _terms.Count;
        }

        public override DocSet Exists(int events) => DocsOf(static (_, _) => true, CancellationToken.None);

        public override int Find(ReadOnlySpan<byte> word) => _terms.Find(word) is var term && term < _termCount ? term : -1;

        public override List<int> FindAll(WordCondition test, CancellationToken cancellationToken)
        {
            List<int> found = [];
            for (int term = 0; term < _termCount; term++)
            {
                if (term % TextsPerCheck == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }

                ReadOnlySpan<byte> word = _terms[term];
                bool possible = (test.Prefix is null || word.StartsWith(test.Prefix)) && (test.Contains is null || word.IndexOf(test.Contains) >= 0);
                if (possible && (test.IsExact || test.Passes(word)))
                {
                    found.Add(term);
                }
            }

            return found;
        }

        public override DocSet WithWord(int word, int events)
        {
            ReadOnlySpan<int> all = _words.AsSpan(0, End);
            var docs = new List<int>();
            for (int at = all.IndexOf(word), text = 0; at >= 0;)
            {
                text = TextAt(at, text);
                AddOnce(docs, _docs[text]);
                int next = _runs[text].Start + _runs[text].Count;
                int found = all[next..].IndexOf(word);
                at = found < 0 ? -1 : next + found;
            }

            return DocSet.OfList([.. docs], docs.Count);
        }

        public override DocSet WithAny(List<int> words, int events, CancellationToken cancellationToken)
        {
            if (words.Count == 1)
            {
                return WithWord(words[0], events);
            }

            var marks = new bool[_termCount];
            foreach (int word in words)
            {
                marks[word] = true;
            }

            return DocsOf(
                (all, run) =>
                {
                    foreach (int word in all.AsSpan(run.Start, run.Count))
                    {
                        if (word < marks.Length && marks[word])
                        {
                            return true;
                        }
                    }

                    return false;
                },
                cancellationToken);
        }

        public override DocSet WithPhrase(
            ReadOnlySpan<int> words, DocSet within, int events, out bool isExact, CancellationToken cancellationToken)
        {
            isExact = true;
            int[] phrase = words.ToArray();
            return DocSets.And(DocsOf((all, run) => all.AsSpan(run.Start, run.Count).IndexOf(phrase) >= 0, cancellationToken), within);
        }

        private int End => _texts == 0 ? 0 : _runs[_texts - 1].Start + _runs[_texts - 1].Count;

        private DocSet DocsOf(Func<int[], WordRun, bool> has, CancellationToken cancellationToken)
        {
            var docs = new List<int>();
            for (int text = 0; text < _texts; text++)
            {
                if (text % TextsPerCheck == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }

                if (has(_words, _runs[text]))
                {
                    AddOnce(docs, _docs[text]);
                }
            }

            return DocSet.OfList([.. docs], docs.Count);
        }

        /// <summary>The text that holds the word at a position, looking on from <paramref name="from"/>.</summary>
        private int TextAt(int position, int from)
        {
            int low = from, high = _texts;
            while (low + 1 < high)
            {
                int middle = (int)((uint)(low + high) >> 1);
                if (_runs[middle].Start <= position)
                {
                    low = middle;
                }
                else
                {
                    high = middle;
                }
            }

            return low;
        }

        private static void AddOnce(List<int> docs, int doc)
        {
            if (docs.Count == 0 || docs[^1] != doc)
            {
                docs.Add(doc);
            }
        }
    }
}
