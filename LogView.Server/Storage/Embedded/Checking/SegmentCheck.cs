using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Time;
using LogView.Server.Platform;
using LogView.Server.Storage.Embedded.Format;
using LogView.Server.Storage.Embedded.Heads;
using LogView.Server.Storage.Embedded.Partitions;
using LogView.Server.Storage.Embedded.Segments;

namespace LogView.Server.Storage.Embedded.Checking;

/// <summary>Everything that must hold of one segment file: every checksum, and that its sections say the same.</summary>
internal sealed class SegmentCheck(DataStreamName stream, string partition)
{
    private readonly List<string> _findings = [];

    /// <summary>The same of single events: of which first, and of how many. A damaged section is in the way of every event.</summary>
    private readonly OrderedDictionary<string, (int First, int Count)> _ofEvents = new(StringComparer.Ordinal);

    /// <summary>What is wrong, each the rest of a sentence after the file's name.</summary>
    public IReadOnlyList<string> Findings =>
    [
        .. _findings, .. _ofEvents.Select(f => f.Value.Count switch
        {
            1 => $"event {f.Value.First}: {f.Key}",
            2 => $"event {f.Value.First} and another: {f.Key}",
            int count => $"event {f.Value.First} and {count - 1} others: {f.Key}",
        }),
    ];

    /// <summary>Of all events that could be read.</summary>
    public List<long> Sequences { get; } = [];

    /// <summary>Null when the file is no segment.</summary>
    public SegmentSummary? Summary { get; private set; }

    /// <summary>Reads all of the file. Throws nothing that the file is to blame for.</summary>
    public void Run(IFileSystem files, string path)
    {
        Try(() =>
        {
            SealedSegment segment = SealedSegment.Open(files, path, stream);
            try
            {
                Summary = segment.Summary;
                CheckSections(segment.File);
                CheckEvents(segment);
            }
            finally
            {
                segment.File.Release();
            }
        });
    }

    private void CheckSections(SegmentFile file)
    {
        foreach ((SectionKind kind, Extent extent) in file.Sections)
        {
            // Of sections made of parts each part has a checksum of its own.
            if (extent.Crc != 0)
            {
                Try(() => file.Read(extent), $"section {kind}: ");
            }
        }

        Try(() =>
        {
            int columns = new FieldTable(file.Read(SectionKind.Fields)).Count;
            for (int i = 0; i < columns; i++)
            {
                int column = i;
                Try(() => ReadColumn(file, column), "columns: ");
            }
        });
    }

    private static void ReadColumn(SegmentFile file, int column) => file.Read(new FieldTable(file.Read(SectionKind.Fields))[column].Extent);

    private void CheckEvents(SealedSegment segment)
    {
        var head = new Head(stream, partition, new ChunkPool());
        (long Time, long Sequence) last = (long.MinValue, 0);
        long bytes = 0;
        for (int doc = 0; doc < segment.Events; doc++)
        {
            LogEvent? logEvent = null;
            int number = doc;
            Try(() => logEvent = segment.Load(number), doc);
            if (logEvent is null)
            {
                continue;
            }

            Sequences.Add(logEvent.Sequence);
            bytes += logEvent.Source.Length;
            Expect((logEvent.Timestamp.UnixNanoseconds, logEvent.Sequence).CompareTo(last) > 0, "it is not in the order of time and sequence", doc);
            Expect(string.Equals(StoreNames.Partition(logEvent.Timestamp), partition, StringComparison.Ordinal), "it is of another day", doc);
            Try(() => Expect(segment.Find(logEvent.Id) == number, "it is not found by its id", number), doc);
            Try(() => head.Add(logEvent), doc);
            last = (logEvent.Timestamp.UnixNanoseconds, logEvent.Sequence);
        }

        if (_findings.Count == 0 && _ofEvents.Count == 0)
        {
            head.Publish();
            CheckSummary(segment, bytes);
            Try(() => CheckFields(segment, head));
        }
    }

    private void CheckSummary(SealedSegment segment, long bytes)
    {
        SegmentSummary summary = segment.Summary;
        Expect(summary.Events == Sequences.Count, $"its summary says {summary.Events} events, there are {Sequences.Count}");
        Expect(summary.FirstSequence == Sequences.Min() && summary.LastSequence == Sequences.Max(), "its summary has other sequences than its events");
        Expect(segment.TimeOf(0) == summary.Oldest.UnixNanoseconds && segment.TimeOf(segment.Events - 1) == summary.Newest.UnixNanoseconds, "its summary has other timestamps than its events");
        Expect(summary.SourceBytes == bytes, $"its summary says {summary.SourceBytes} bytes of sources, there are {bytes}");
        Expect(segment.InRange(new TimeRange(summary.Oldest, Timestamp.MaxValue)).Count == segment.Events, "its times cannot be searched");
    }

    /// <summary>The sources, read again, must have the fields that the columns have.</summary>
    private void CheckFields(SealedSegment segment, Head head)
    {
        HashSet<string> columns = [.. segment.FieldNames];
        HashSet<string> sources = [.. new HeadView(head).FieldNames];
        Expect(columns.SetEquals(sources), $"{columns.Except(sources, StringComparer.Ordinal).Count()} columns have no field in the sources, {sources.Except(columns, StringComparer.Ordinal).Count()} fields have no column");
    }

    private void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            _findings.Add(otherwise);
        }
    }

    private void Expect(bool holds, string otherwise, int doc)
    {
        if (!holds)
        {
            AddOfEvent(otherwise, doc);
        }
    }

    private void Try(Action read, string where = "") => Try(read, what => _findings.Add(where + what));

    private void Try(Action read, int doc) => Try(read, what => AddOfEvent(what, doc));

    private static void Try(Action read, Action<string> found)
    {
        try
        {
            read();
        }
#pragma warning disable CA1031 // Whatever damaged bytes lead to is a finding about the file.
        catch (Exception e) when (e is not OutOfMemoryException)
#pragma warning restore CA1031
        {
            found(e.Message);
        }
    }

    private void AddOfEvent(string what, int doc)
    {
        (int first, int count) = _ofEvents.GetValueOrDefault(what, (doc, 0));
        _ofEvents[what] = (first, count + 1);
    }
}
