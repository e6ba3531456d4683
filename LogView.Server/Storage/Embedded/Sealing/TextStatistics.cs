using LogView.Server.Storage.Embedded.Heads;
using LogView.Server.Storage.Embedded.Terms;

namespace LogView.Server.Storage.Embedded.Sealing;

/// <summary>The words of a text field in the order of a sealed segment: which events have which word, and how frequent each is.</summary>
internal sealed class TextStatistics
{
    private readonly int[] _starts;
    private readonly int[] _postings;

    public TextStatistics(HeadText text, EventOrderMap order)
    {
        int count = text.Texts.CountBefore(order.Count);
        (int[] entries, Docs) = order.Reorder(text.Texts.Docs, count);
        WordRun[] runs = text.Texts.Values;
        Runs = Array.ConvertAll(entries, e => runs[e]);
        Words = text.Words;
        int terms = text.Terms.Count;
        SortedOrder = SortedTermsWriter.Order(text.Terms, terms);
        Frequency = CountEvents(terms);
        _starts = new int[terms + 1];
        for (int term = 0; term < terms; term++)
        {
            _starts[term + 1] = checked(_starts[term] + Frequency[term]);
        }

        _postings = CollectPostings(terms);
        Rank = RankByFrequency(terms);
    }

    /// <summary>The event of each text.</summary>
    public int[] Docs { get; }

    /// <summary>Where the words of each text stand in <see cref="Words"/>.</summary>
    public WordRun[] Runs { get; }

    /// <summary>Numbers of words as the head gave them.</summary>
    public int[] Words { get; }

    /// <summary>The head's numbers of words in ascending order of their bytes.</summary>
    public int[] SortedOrder { get; }

    /// <summary>By the head's number: in how many events the word is.</summary>
    public int[] Frequency { get; }

    /// <summary>By the head's number: 1 for the word that most events have, and so on; 0 for words of one event only.</summary>
    public int[] Rank { get; }

    /// <summary>The events that have the word, ascending.</summary>
    public ReadOnlySpan<int> Events(int term) => _postings.AsSpan(_starts[term], Frequency[term]);

    private int[] CountEvents(int terms)
    {
        var frequency = new int[terms];
        int[] last = NoEvents(terms);
        for (int text = 0; text < Runs.Length; text++)
        {
            foreach (int word in Words.AsSpan(Runs[text].Start, Runs[text].Count))
            {
                if (last[word] != Docs[text])
                {
                    last[word] = Docs[text];
                    frequency[word]++;
                }
            }
        }

        return frequency;
    }

    private int[] CollectPostings(int terms)
    {
        var postings = new int[_starts[terms]];
        int[] next = _starts[..terms], last = NoEvents(terms);
        for (int text = 0; text < Runs.Length; text++)
        {
            foreach (int word in Words.AsSpan(Runs[text].Start, Runs[text].Count))
            {
                if (last[word] != Docs[text])
                {
                    last[word] = Docs[text];
                    postings[next[word]++] = Docs[text];
                }
            }
        }

        return postings;
    }

    private int[] RankByFrequency(int terms)
    {
        int[] frequent = [.. Enumerable.Range(0, terms).Where(t => Frequency[t] > 1)];
        Array.Sort(Array.ConvertAll(frequent, t => -Frequency[t]), frequent);
        var rank = new int[terms];
        for (int i = 0; i < frequent.Length; i++)
        {
            rank[frequent[i]] = i + 1;
        }

        return rank;
    }

    private static int[] NoEvents(int terms)
    {
        var last = new int[terms];
        Array.Fill(last, -1);
        return last;
    }
}
