using System.Collections.Concurrent;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Time;
using LogView.Server.Platform;
using LogView.Server.Storage.Embedded.Columns;
using LogView.Server.Storage.Embedded.Documents;
using LogView.Server.Storage.Embedded.Format;

namespace LogView.Server.Storage.Embedded.Segments;

/// <summary>An immutable segment, mapped from its file. Whoever uses it holds a reference to <see cref="File"/>.</summary>
internal sealed class SealedSegment : SegmentView
{
    /// <summary>Column objects kept by name. Past it they are made anew: a segment may have ten thousand fields.</summary>
    private const int MaxKeptColumns = 256;

    private readonly ConcurrentDictionary<string, FieldColumns> _columns = new(StringComparer.Ordinal);
    private readonly SourceReader _sources;
    private readonly Lazy<SealedIds> _ids;

    private SealedSegment(SegmentFile file, SegmentSummary summary, DataStreamName dataStream)
    {
        (File, Summary, DataStream) = (file, summary, dataStream);
        _sources = new SourceReader(this);
        _ids = new Lazy<SealedIds>(() => new SealedIds(file), LazyThreadSafetyMode.PublicationOnly);
    }

    public SegmentFile File { get; }

    public SegmentSummary Summary { get; }

    public override DataStreamName DataStream { get; }

    public override int Events => Summary.Events;

    public override Timestamp Oldest => Summary.Oldest;

    public override Timestamp Newest => Summary.Newest;

    public override bool IsSorted => true;

    public override object? CacheKey { get; } = new();

    public override IEnumerable<string> FieldNames
    {
        get
        {
            var names = new List<string>();
            var table = new FieldTable(File.Read(SectionKind.Fields));
            for (int i = 0; i < table.Count; i++)
            {
                string name = table[i].Name;
                if (names.Count == 0 || !string.Equals(names[^1], name, StringComparison.Ordinal))
                {
                    names.Add(name);
                }
            }

            return names;
        }
    }

    private PackedInts Times => new(File.Read(SectionKind.Times));

    /// <summary>Throws <see cref="DamagedFileException"/> and <see cref="IOException"/>.</summary>
    public static SealedSegment Open(IFileSystem files, string path, DataStreamName dataStream)
    {
        SegmentFile file = SegmentFile.Open(files, path);
        try
        {
            var cursor = new ByteCursor(file.Read(SectionKind.Summary));
            return new SealedSegment(file, SegmentSummary.Read(ref cursor) with { FileBytes = file.Length }, dataStream);
        }
        catch (DamagedFileException)
        {
            file.Release();
            throw;
        }
    }

    public override long TimeOf(int doc) => Times[doc];

    public override long SequenceOf(int doc) => new PackedInts(File.Read(SectionKind.Sequences))[doc];

    public override void ReadTimes(ReadOnlySpan<int> docs, Span<long> nanoseconds)
    {
        PackedInts times = Times;
        for (int i = 0; i < docs.Length; i++)
        {
            nanoseconds[i] = times[docs[i]];
        }
    }

    public override LogEvent Load(int doc)
    {
        (EventId id, bool isGiven) = _ids.Value.Read(doc);
        (ReadOnlyMemory<byte> source, ReadOnlyMemory<byte> derived) = _sources.Read(doc);
        return new LogEvent
        {
            Id = id,
            IsIdGiven = isGiven,
            DataStream = DataStream,
            Timestamp = new Timestamp(TimeOf(doc)),
            Sequence = SequenceOf(doc),
            Source = source,
            Derived = derived,
        };
    }

    public override FieldColumns Columns(string field)
    {
        if (_columns.TryGetValue(field, out FieldColumns? known))
        {
            return known;
        }

        FieldColumns made = MakeColumns(field);
        return !made.IsEmpty && _columns.Count < MaxKeptColumns ? _columns.GetOrAdd(field, made) : made;
    }

    public override DocSet InRange(TimeRange range)
    {
        if (Oldest >= range.From && range.Contains(Newest))
        {
            return DocSet.Range(0, Events);
        }

        int to = range.To == Timestamp.MaxValue ? Events : LowerBound(range.To.UnixNanoseconds);
        return DocSet.Range(LowerBound(range.From.UnixNanoseconds), to);
    }

    /// <summary>The first event at or after an instant.</summary>
    public int LowerBound(long nanoseconds) =>
        nanoseconds <= Oldest.UnixNanoseconds ? 0 : nanoseconds > Newest.UnixNanoseconds ? Events : Times.LowerBound(nanoseconds);

    /// <summary>The greatest of the ids LogView made; new ones are above it.</summary>
    public UInt128 LastMadeId => _ids.Value.LastMade;

    public override int Find(EventId id) => _ids.Value.Find(id);

    /// <summary>Gives back memory that only speeds up the next search.</summary>
    public void Trim() => _sources.Trim();

    private FieldColumns MakeColumns(string field)
    {
        var table = new FieldTable(File.Read(SectionKind.Fields));
        (int first, int count) = table.Find(field);
        var values = new List<ValueColumn>(count);
        TextColumn? text = null;
        for (int i = first; i < first + count; i++)
        {
            (_, ColumnKind kind, Extent extent) = table[i];
            if (kind == ColumnKind.Text)
            {
                text = new SealedText(File, extent, Events);
            }
            else
            {
                values.Add(Column(kind, extent));
            }
        }

        return values.Count == 0 && text is null ? FieldColumns.None : new FieldColumns(values, text);
    }

    private ValueColumn Column(ColumnKind kind, Extent extent)
    {
        FieldValueKind values = kind switch
        {
            ColumnKind.String => FieldValueKind.String,
            ColumnKind.Long => FieldValueKind.Long,
            ColumnKind.Double => FieldValueKind.Double,
            ColumnKind.Boolean => FieldValueKind.Boolean,
            _ => throw File.Damaged($"unknown kind of column {kind}"),
        };
        return (ColumnEncoding)File.Read(extent)[0] == ColumnEncoding.Coded
            ? new SealedCodedColumn(File, extent, values)
            : new SealedNumberColumn(File, extent, values);
    }
}
