using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Time;
using LogView.Server.Storage.Embedded.Columns;
using LogView.Server.Storage.Embedded.Documents;
using LogView.Server.Storage.Embedded.Segments;

namespace LogView.Server.Storage.Embedded.Heads;

/// <summary>A head as it was when the view was made. Whoever makes one holds a reference to the head.</summary>
internal sealed class HeadView : SegmentView
{
    private readonly Head _head;
    private readonly long[] _times;
    private readonly long[] _sequences;

    /// <summary>Made while nothing is published, so that count and bounds belong together.</summary>
    public HeadView(Head head)
    {
        _head = head;
        Events = head.Published;
        (Oldest, Newest) = (head.Oldest, head.Newest);
        (_times, _sequences) = (head.Times, head.Sequences);
    }

    public override DataStreamName DataStream => _head.DataStream;

    public override int Events { get; }

    public override Timestamp Oldest { get; }

    public override Timestamp Newest { get; }

    public override bool IsSorted => false;

    public override object? CacheKey => null;

    public Head Head => _head;

    public override IEnumerable<string> FieldNames => _head.Tree.Fields.Keys;

    public override long TimeOf(int doc) => _times[doc];

    public override long SequenceOf(int doc) => _sequences[doc];

    public override void ReadTimes(ReadOnlySpan<int> docs, Span<long> nanoseconds)
    {
        for (int i = 0; i < docs.Length; i++)
        {
            nanoseconds[i] = _times[docs[i]];
        }
    }

    /// <summary>With bytes of its own: those of the head are used again.</summary>
    public override LogEvent Load(int doc)
    {
        ReadOnlySpan<byte> source = _head.Sources[doc], derived = _head.Derived[doc];
        var bytes = new byte[source.Length + derived.Length];
        source.CopyTo(bytes);
        derived.CopyTo(bytes.AsSpan(source.Length));
        return new LogEvent
        {
            Id = _head.Ids.Of(doc),
            IsIdGiven = _head.IsIdGiven(doc),
            DataStream = DataStream,
            Timestamp = new Timestamp(_times[doc]),
            Sequence = _sequences[doc],
            Source = bytes.AsMemory(0, source.Length),
            Derived = bytes.AsMemory(source.Length),
        };
    }

    public override FieldColumns Columns(string field)
    {
        if (!_head.Tree.Fields.TryGetValue(field, out HeadField? found))
        {
            return FieldColumns.None;
        }

        ValueColumn?[] columns = [found.Strings?.View(Events), found.Longs?.View(Events), found.Doubles?.View(Events), found.Booleans?.View(Events)];
        return new FieldColumns([.. columns.OfType<ValueColumn>()], found.Text?.View(Events));
    }

    public override DocSet InRange(TimeRange range)
    {
        if (Events == 0 || Oldest >= range.From && range.Contains(Newest))
        {
            return DocSet.Range(0, Events);
        }

        var words = new ulong[DocSet.WordsFor(Events)];
        for (int doc = 0; doc < Events; doc++)
        {
            words[doc >> 6] |= range.Contains(new Timestamp(_times[doc])) ? 1UL << (doc & 63) : 0;
        }

        return DocSet.OfBitmap(words);
    }

    public override int Find(EventId id) => _head.Find(id) is var doc && doc < Events ? doc : -1;
}
