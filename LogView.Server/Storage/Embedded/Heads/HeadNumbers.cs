using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Embedded.Columns;

namespace LogView.Server.Storage.Embedded.Heads;

/// <summary>The numbers of one kind, or the booleans (0 and 1), of a field in a head.</summary>
internal sealed class HeadNumbers(FieldValueKind kind)
{
    public FieldValueKind Kind => kind;

    public HeadEntries<long> Entries { get; } = new();

    public long Memory => Entries.Memory;

    public void Add(int doc, long raw) => Entries.Add(doc, raw);

    public NumberColumn? View(int events) => Entries.CountBefore(events) is > 0 and var count ? new Column(this, count, events) : null;

    private sealed class Column : NumberColumn
    {
        private static readonly NumberSpan Unknown = new(double.NegativeInfinity, double.PositiveInfinity);

        private readonly int[] _docs;
        private readonly long[] _raw;

        public Column(HeadNumbers numbers, int count, int events)
        {
            NumberKind = numbers.Kind;
            (_docs, _raw, Entries) = (numbers.Entries.Docs, numbers.Entries.Values, count);
            Layout = count == events && numbers.Entries.LastRepeated < 0 ? ColumnLayout.Full : ColumnLayout.Listed;
        }

        public override FieldValueKind NumberKind { get; }

        public override ColumnLayout Layout { get; }

        public override int Entries { get; }

        public override ReadOnlySpan<int> Docs => _docs.AsSpan(0, Entries);

        public override NumberSpan Bounds => Unknown;

        public override long RawOf(int entry) => _raw[entry];

        public override void ReadMany(ReadOnlySpan<int> entries, Span<long> into)
        {
            for (int i = 0; i < entries.Length; i++)
            {
                into[i] = _raw[entries[i]];
            }
        }

        public override NumberSpan BlockBounds(int block) => Unknown;

        public override int ReadBlock(int block, Span<long> into)
        {
            int count = Math.Min(BlockSize, Entries - block * BlockSize);
            _raw.AsSpan(block * BlockSize, count).CopyTo(into);
            return count;
        }
    }
}
