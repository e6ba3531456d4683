using System.Runtime.InteropServices;
using LogView.Server.Storage.Embedded.Columns;
using LogView.Server.Storage.Embedded.Format;
using LogView.Server.Storage.Embedded.Heads;

namespace LogView.Server.Storage.Embedded.Sealing;

/// <summary>
/// The order of words in each text, for phrases: a pattern (the words a program writes again and again, with slots for what varies) and
/// the ranks of the words in the slots. Log messages come from few patterns, so this takes a third of the plain sequence, and a phrase
/// of fixed words is decided once per pattern.
/// </summary>
internal static class PatternWriter
{
    /// <summary>In a pattern: a word of the text's own. Ranks of words are from 1, and the word itself may have rank 0.</summary>
    public const int Slot = 0;

    /// <summary>Texts whose slots are found from one entry of the index.</summary>
    public const int TextsPerBlock = 32;

    /// <summary>Words in fewer events than this vary.</summary>
    private const int MinFrequency = 16;

    /// <summary>Texts of more words are kept as one slot each: their pattern would hardly come again.</summary>
    private const int MaxPatternWords = 512;

    public static void Write(ByteWriter writer, TextStatistics text, HeadText head)
    {
        bool[] varies = Varying(text, head);
        var patterns = new PatternSet();
        var slots = new ByteWriter(text.Runs.Length * 8 + 16);
        var index = new ByteWriter(text.Runs.Length / 8 + 16);
        var ids = new int[text.Runs.Length];
        var ranks = new List<int>();
        for (int i = 0; i < ids.Length; i++)
        {
            if (i % TextsPerBlock == 0)
            {
                index.UInt32((uint)slots.Length);
            }

            ranks.Clear();
            ReadOnlySpan<int> words = text.Words.AsSpan(text.Runs[i].Start, text.Runs[i].Count);
            foreach (int word in words)
            {
                bool slot = words.Length > MaxPatternWords || varies[word];
                ranks.Add(slot ? Slot : text.Rank[word]);
                if (slot)
                {
                    slots.VarUInt(text.Rank[word]);
                }
            }

            ids[i] = patterns.Add(CollectionsMarshal.AsSpan(ranks));
        }

        WriteParts(writer, patterns, ids, index, slots);
        index.Recycle();
        slots.Recycle();
    }

    private static void WriteParts(ByteWriter writer, PatternSet patterns, int[] ids, ByteWriter index, ByteWriter slots)
    {
        int width = CodeSpan.WidthFor(patterns.Count);
        writer.UInt32((uint)patterns.Count);
        writer.UInt32((uint)patterns.Bytes.Length);
        writer.Byte((byte)width);
        writer.UInt32((uint)index.Length);
        writer.UInt32((uint)slots.Length);
        writer.Bytes(patterns.Starts.Written);
        writer.Bytes(patterns.Bytes.Written);
        Span<byte> codes = writer.Reserve(ids.Length * width + CodeSpan.Padding);
        codes.Clear();
        for (int i = 0; i < ids.Length; i++)
        {
            for (int b = 0; b < width; b++)
            {
                codes[i * width + b] = (byte)(ids[i] >> (b * 8));
            }
        }

        writer.Bytes(index.Written);
        writer.Bytes(slots.Written);
    }

    /// <summary>Rare words and words with digits.</summary>
    private static bool[] Varying(TextStatistics text, HeadText head)
    {
        var varies = new bool[text.Frequency.Length];
        for (int term = 0; term < varies.Length; term++)
        {
            varies[term] = text.Frequency[term] < MinFrequency || head.Terms[term].ContainsAnyInRange((byte)'0', (byte)'9');
        }

        return varies;
    }

    /// <summary>The distinct patterns, numbered in the order they came. Each is its number of words and their ranks, as varints.</summary>
    private sealed class PatternSet
    {
        private readonly Terms.HeadTerms _terms = new();
        private readonly ByteWriter _one = new();

        public int Count => _terms.Count;

        public ByteWriter Bytes { get; } = new();

        /// <summary>Where each pattern starts.</summary>
        public ByteWriter Starts { get; } = new();

        public int Add(ReadOnlySpan<int> ranks)
        {
            _one.Clear();
            _one.VarUInt(ranks.Length);
            foreach (int rank in ranks)
            {
                _one.VarUInt(rank);
            }

            int known = _terms.Count, id = _terms.Add(_one.Written);
            if (id == known)
            {
                Starts.UInt32((uint)Bytes.Length);
                Bytes.Bytes(_one.Written);
            }

            return id;
        }
    }
}
