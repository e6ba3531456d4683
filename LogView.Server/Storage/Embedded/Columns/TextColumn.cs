using LogView.Server.Storage.Embedded.Documents;

namespace LogView.Server.Storage.Embedded.Columns;

/// <summary>Which words are looked for: by their folded UTF-8 bytes.</summary>
/// <param name="Passes">The exact answer for any word; safe for concurrent use.</param>
internal sealed record WordCondition(WordPredicate Passes)
{
    /// <summary>Only words that start with these bytes pass.</summary>
    public byte[]? Prefix { get; init; }

    /// <summary>Only words that contain these bytes pass.</summary>
    public byte[]? Contains { get; init; }

    /// <summary>Every word with that prefix or part passes; <see cref="Passes"/> need not be asked.</summary>
    public bool IsExact { get; init; }
}

internal delegate bool WordPredicate(ReadOnlySpan<byte> word);

/// <summary>The words of a text field in one segment: an inverted index in sealed segments, the plain sequence of words in heads.</summary>
internal abstract class TextColumn
{
    /// <summary>Events that have a text, also an empty one.</summary>
    public abstract DocSet Exists(int events);

    /// <summary>The number of the word, or -1.</summary>
    public abstract int Find(ReadOnlySpan<byte> word);

    /// <summary>The numbers of all words that pass, ascending.</summary>
    public abstract List<int> FindAll(WordCondition test, CancellationToken cancellationToken);

    public abstract DocSet WithWord(int word, int events);

    /// <summary>Events with at least one of the words.</summary>
    public abstract DocSet WithAny(List<int> words, int events, CancellationToken cancellationToken);

    /// <summary>
    /// Events of <paramref name="within"/> in which one text has the words next to each other in this order. Two or more words.
    /// </summary>
    /// <param name="words">Their numbers.</param>
    /// <param name="within">Events worth looking at.</param>
    /// <param name="events">Events of the segment.</param>
    /// <param name="isExact">False: the events may have the phrase, their texts must be looked at.</param>
    /// <param name="cancellationToken">Ends the scan.</param>
    public abstract DocSet WithPhrase(ReadOnlySpan<int> words, DocSet within, int events, out bool isExact, CancellationToken cancellationToken);
}
