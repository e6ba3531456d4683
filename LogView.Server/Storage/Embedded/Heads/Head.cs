using System.Text;
using System.Text.Json;
using LogView.Client.Contracts.Events;

namespace LogView.Server.Storage.Embedded.Heads;

/// <summary>
/// The newest events of one partition, in memory: columns that grow. One writer adds events and then publishes them; readers take
/// views of what is published. The source stays here until the sealed segment is durable.
/// </summary>
internal sealed class Head(DataStreamName dataStream, string partition)
{
    private readonly FieldTree _tree = new();
    private readonly HeadEntries<long> _times = new();
    private readonly HeadEntries<long> _sequences = new();
    private readonly Terms.HeadTerms _ids = new();
    private readonly HeadEntries<int> _idTerms = new();
    private int[] _docOfId = new int[16];
    private EventIndexer? _indexer;
    private int _published;
    private int _added;

    public DataStreamName DataStream => dataStream;

    /// <summary>Name of the folder that the head's segment goes to.</summary>
    public string Partition => partition;

    /// <summary>Events that searches may see.</summary>
    public int Published => Volatile.Read(ref _published);

    /// <summary>Events added, published or not.</summary>
    public int Added => _added;

    /// <summary>When the first event came; for sealing by age.</summary>
    public long StartedAt { get; set; }

    /// <summary>No id that LogView made and that is in the head is greater; 0 when there is none.</summary>
    public UInt128 LastMadeId { get; private set; }

    public long FirstSequence { get; private set; } = long.MaxValue;

    public Timestamp Oldest { get; private set; } = Timestamp.MaxValue;

    public Timestamp Newest { get; private set; } = Timestamp.MinValue;

    public ChunkedBytes Sources { get; } = new();

    public ChunkedBytes Derived { get; } = new();

    public FieldTree Tree => _tree;

    public int FieldCount => _tree.Count;

    public long[] Times => _times.Values;

    public long[] Sequences => _sequences.Values;

    public ReadOnlySpan<byte> IdOf(int doc) => _ids[_idTerms.Values[doc]];

    public bool IsIdGiven(int doc) => GivenIds.Contains(doc);

    /// <summary>Events whose id the shipper gave. Written before the event is published, never changed after.</summary>
    public GivenDocs GivenIds { get; } = new();

    /// <summary>Bytes of memory held, about. Costs a walk over all fields.</summary>
    public long Memory =>
        Sources.Memory + Derived.Memory + _ids.Memory + _times.Memory + _sequences.Memory + _idTerms.Memory + _tree.Fields.Values.Sum(f => f.Memory);

    /// <summary>Adds one event behind the published ones. A source that is not JSON has no fields and is kept as it is.</summary>
    public void Add(LogEvent logEvent)
    {
        int doc = _added;
        Index(doc, logEvent);
        _times.Add(doc, logEvent.Timestamp.UnixNanoseconds);
        _sequences.Add(doc, logEvent.Sequence);
        Sources.Add(logEvent.Source.Span);
        Derived.Add(logEvent.Derived.Span);
        AddId(doc, logEvent.Id);
        GivenIds.Add(doc, logEvent.IsIdGiven);
        FirstSequence = Math.Min(FirstSequence, logEvent.Sequence);
        _added++;
    }

    /// <summary>The published or added event with this id; -1: none.</summary>
    public int Find(EventId id)
    {
        Span<byte> utf8 = stackalloc byte[EventId.MaxBytes];
        if (!Encoding.UTF8.TryGetBytes(id.Value, utf8, out int length))
        {
            return -1;
        }

        int term = _ids.Find(utf8[..length]);
        // Texts of ids that were taken back stay: what stands at their place now may be another event.
        return term >= 0 && Volatile.Read(ref _docOfId)[term] is var doc && doc < _idTerms.Count && _idTerms.Values[doc] == term ? doc : -1;
    }

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
        _idTerms.Truncate(_published);
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

    private void AddId(int doc, EventId id)
    {
        Span<byte> utf8 = stackalloc byte[EventId.MaxBytes];
        utf8 = utf8[..Encoding.UTF8.GetBytes(id.Value, utf8)];
        if (Format.MadeId.TryRead(utf8, out UInt128 made) && made > LastMadeId)
        {
            LastMadeId = made;
        }

        int term = _ids.Add(utf8);
        if (term >= _docOfId.Length)
        {
            int[] wider = _docOfId;
            Array.Resize(ref wider, wider.Length * 2);
            Volatile.Write(ref _docOfId, wider);
        }

        _docOfId[term] = doc;
        _idTerms.Add(doc, term);
    }
}
