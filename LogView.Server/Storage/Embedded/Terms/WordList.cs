namespace LogView.Server.Storage.Embedded.Terms;

/// <summary>The folded words of one text as UTF-8, in order. Reused from text to text.</summary>
internal sealed class WordList
{
    private byte[] _bytes = new byte[4096];
    private int[] _ends = new int[256];

    public int Count { get; private set; }

    private int Length => Count == 0 ? 0 : _ends[Count - 1];

    public ReadOnlySpan<byte> this[int word]
    {
        get
        {
            int start = word == 0 ? 0 : _ends[word - 1];
            return _bytes.AsSpan(start, _ends[word] - start);
        }
    }

    public void Clear() => Count = 0;

    public void Add(ReadOnlySpan<byte> word)
    {
        word.CopyTo(Reserve(word.Length));
        Commit(word.Length);
    }

    /// <summary>Room for the next word; <see cref="Commit"/> adds it.</summary>
    public Span<byte> Reserve(int length)
    {
        if (Length + length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(Length + length, _bytes.Length * 2));
        }

        return _bytes.AsSpan(Length, length);
    }

    public void Commit(int length)
    {
        if (Count == _ends.Length)
        {
            Array.Resize(ref _ends, Count * 2);
        }

        _ends[Count] = Length + length;
        Count++;
    }
}
