using System.Text.Json;
using LogView.Client.Contracts.Events;
using LogView.Server.Platform;

namespace LogView.Server.Storage.Embedded.Heads;

/// <summary>
/// The newest events of one partition, in memory: columns that grow. One writer adds events and then publishes them; readers take
/// views of what is published. The source stays here until the sealed segment is durable and no search looks at it any more.
/// </summary>
/// <param name="dataStream">Its data stream.</param>
/// <param name="partition">Name of the folder that its segment goes to.</param>
/// <param name="chunks">Where its largest arrays come from and go to.</param>
internal sealed class Head(DataStreamName dataStream, string partition, ChunkPool chunks)
{
    private readonly FieldTree _tree = new();
    private readonly HeadEntries<long> _times = new();
    private readonly HeadEntries<long> _sequences = new();
    private EventIndexer? _indexer;
    private int _published;
    private int _added;

    /// <summary>The catalog's, and one of each snapshot.</summary>
    private int _references = 1;

    public DataStreamName DataStream => dataStream;

    /// <summary>Name of the folder that the head's segment goes to.</summary>
    public string Partition => partition;

    /// <summary>Events that searches may see.</summary>
    public int Published => Volatile.Read(ref _published);

    /// <summary>Events added, published or not.</summary>
    public int Added => _added;

    /// <summary>When the first event came; for sealing by age.</summary>
    public long StartedAt { get; set; }

    public long FirstSequence { get; private set; } = long.MaxValue;

    public Timestamp Oldest { get; private set; } = Timestamp.MaxValue;

    public Timestamp Newest { get; private set; } = Timestamp.MinValue;

    public ChunkedBytes Sources { get; } = new(chunks);

    public ChunkedBytes Derived { get; } = new(chunks);

    public FieldTree Tree => _tree;

    public int FieldCount => _tree.Count;

    public long[] Times => _times.Values;

    public long[] Sequences => _sequences.Values;

    public HeadIds Ids { get; } = new();

    public bool IsIdGiven(int doc) => GivenIds.Contains(doc);

    /// <summary>Events whose id the shipper gave. Written before the event is published, never changed after.</summary>
    public GivenDocs GivenIds { get; } = new();

    /// <summary>Bytes of memory held, about. Costs a walk over all fields.</summary>
    public long Memory =>
        Sources.Memory + Derived.Memory + Ids.Memory + _times.Memory + _sequences.Memory + _tree.Fields.Values.Sum(f => f.Memory);

    /// <summary>One more reader, which must call <see cref="Release"/>. Only while somebody else holds a reference.</summary>
    public void AddReference() => Invariant.Check(Interlocked.Increment(ref _references) > 1, "a head that was let go of is not read again");

    /// <summary>One reader less; after the last one the sources are gone.</summary>
    public void Release()
    {
        int left = Interlocked.Decrement(ref _references);
        Invariant.Check(left >= 0, "a head is let go of as often as it was taken");
        if (left == 0)
        {
            Sources.Recycle();
            Derived.Recycle();
        }
    }

    /// <summary>Adds one event behind the published ones. A source that is not JSON has no fields and is kept as it is.</summary>
    public void Add(LogEvent logEvent)
    {
        int doc = _added;
        Index(doc, logEvent);
        _times.Add(doc, logEvent.Timestamp.UnixNanoseconds);
        _sequences.Add(doc, logEvent.Sequence);
        Sources.Add(logEvent.Source.Span);
        Derived.Add(logEvent.Derived.Span);
        Ids.Add(doc, logEvent.Id, logEvent.IsIdGiven);
        GivenIds.Add(doc, logEvent.IsIdGiven);
        FirstSequence = Math.Min(FirstSequence, logEvent.Sequence);
        _added++;
    }

    /// <summary>The published or added event with this id; -1: none.</summary>
    public int Find(EventId id) => Ids.Find(id);

    /// <summary>Makes all added events visible.</summary>
    public void Publish()
    {
        for (int doc = _published; doc < _added; doc++)
        {
            var time = new Timestamp(_times.Values[doc]);
            Oldest = time < Oldest ? time : Oldest;
            Newest = time > Newest ? time : Newest;
        }

        Volatile.Write(ref _published, _added);
    }

    /// <summary>Takes back what was added and not published, also half an event.</summary>
    public void Rollback()
    {
        foreach (HeadField field in _tree.Fields.Values)
        {
            field.Truncate(_published);
        }

        _times.Truncate(_published);
        _sequences.Truncate(_published);
        Ids.Truncate(_published);
        Sources.Truncate(_published);
        Derived.Truncate(_published);
        GivenIds.Truncate(_published);
        _added = _published;
        FirstSequence = _published == 0 ? long.MaxValue : _sequences.Values.AsSpan(0, _published).ToArray().Min();
    }

    private void Index(int doc, LogEvent logEvent)
    {
        _indexer ??= new EventIndexer(_tree);
        _indexer.Begin();
        bool derived = TryIndex(doc, logEvent.Derived.Span), source = TryIndex(doc, logEvent.Source.Span);
        if (derived && source)
        {
            return;
        }

        // Part of what is not JSON may be in the columns: take the event back and add only what is whole.
        foreach (HeadField field in _tree.Fields.Values)
        {
            field.Truncate(doc);
        }

        _indexer.Begin();
        _ = (derived && TryIndex(doc, logEvent.Derived.Span)) | (source && TryIndex(doc, logEvent.Source.Span));
    }

    /// <summary>False when the bytes are not JSON.</summary>
    private bool TryIndex(int doc, ReadOnlySpan<byte> json)
    {
        try
        {
            if (!json.IsEmpty)
            {
                _indexer?.Add(doc, json);
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
