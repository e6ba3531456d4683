namespace LogView.Server.Storage.Embedded.Sources;

/// <summary>The numbers of one event that its columns have: messages often repeat them.</summary>
internal sealed class NumberReferences
{
    private const int Most = 8;

    private readonly byte[] _texts = new byte[Most * ColumnTexts.MaxNumberLength];
    private readonly int[] _lengths = new int[Most];
    private readonly (PieceKind Kind, int Field)[] _columns = new (PieceKind, int)[Most];

    public int Count { get; private set; }

    public void Clear() => Count = 0;

    public void Add(PieceKind kind, int field, ReadOnlySpan<byte> text)
    {
        if (Count < Most && text.Length <= ColumnTexts.MaxNumberLength)
        {
            text.CopyTo(_texts.AsSpan(Count * ColumnTexts.MaxNumberLength));
            _lengths[Count] = text.Length;
            _columns[Count++] = (kind, field);
        }
    }

    public bool TryFind(ReadOnlySpan<byte> text, out PieceKind kind, out int field)
    {
        for (int i = 0; i < Count; i++)
        {
            if (_texts.AsSpan(i * ColumnTexts.MaxNumberLength, _lengths[i]).SequenceEqual(text))
            {
                (kind, field) = _columns[i];
                return true;
            }
        }

        (kind, field) = (default, 0);
        return false;
    }
}
