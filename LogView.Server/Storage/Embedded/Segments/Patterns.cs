using System.Runtime.InteropServices;
using LogView.Server.Storage.Embedded.Columns;
using LogView.Server.Storage.Embedded.Format;
using LogView.Server.Storage.Embedded.Sealing;

namespace LogView.Server.Storage.Embedded.Segments;

/// <summary>Reads what <see cref="PatternWriter"/> wrote: the ranks of the words of each text in their order.</summary>
internal readonly ref struct Patterns
{
    private readonly ReadOnlySpan<byte> _starts;
    private readonly ReadOnlySpan<byte> _patterns;
    private readonly ReadOnlySpan<byte> _index;
    private readonly ReadOnlySpan<byte> _slots;

    /// <param name="bytes">From the start of the part on.</param>
    /// <param name="texts">Texts of the column.</param>
    public Patterns(ReadOnlySpan<byte> bytes, int texts)
    {
        var cursor = new ByteCursor(bytes);
        Count = cursor.Int32();
        int patterns = cursor.Int32(), width = cursor.Byte(), index = cursor.Int32(), slots = cursor.Int32();
        _starts = cursor.Take(Count * sizeof(uint));
        _patterns = cursor.Take(patterns);
        Ids = new CodeSpan(cursor.Take(texts * width + CodeSpan.Padding), width, texts);
        _index = cursor.Take(index);
        _slots = cursor.Take(slots);
    }

    public int Count { get; }

    /// <summary>The pattern of each text.</summary>
    public CodeSpan Ids { get; }

    /// <summary>The ranks of a pattern, <see cref="PatternWriter.Slot"/> for slots.</summary>
    public void Read(int pattern, List<int> ranks)
    {
        ranks.Clear();
        var cursor = new ByteCursor(_patterns, MemoryMarshal.Read<int>(_starts[(pattern * sizeof(uint))..]));
        for (int left = cursor.VarInt32(); left > 0; left--)
        {
            ranks.Add(cursor.VarInt32());
        }
    }

    /// <summary>How many slots a pattern has.</summary>
    public int SlotsOf(int pattern)
    {
        var cursor = new ByteCursor(_patterns, MemoryMarshal.Read<int>(_starts[(pattern * sizeof(uint))..]));
        int slots = 0;
        for (int left = cursor.VarInt32(); left > 0; left--)
        {
            slots += cursor.VarInt32() == PatternWriter.Slot ? 1 : 0;
        }

        return slots;
    }

    /// <summary>A cursor on the slots of the first text of the block that holds <paramref name="text"/>.</summary>
    public ByteCursor SlotsOfBlock(int text) =>
        new(_slots, MemoryMarshal.Read<int>(_index[(text / PatternWriter.TextsPerBlock * sizeof(uint))..]));
}
