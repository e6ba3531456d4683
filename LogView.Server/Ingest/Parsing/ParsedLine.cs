using System.Text;
using LogView.Client.Contracts.Events;

namespace LogView.Server.Ingest.Parsing;

/// <summary>How a line is read. What people configure; <see cref="Auto"/> finds one of the others by sampling.</summary>
public enum LineFormat : byte
{
    Auto,

    /// <summary>One JSON object a line.</summary>
    Json,

    /// <summary><c>key=value key="quoted value"</c>.</summary>
    Logfmt,

    /// <summary>RFC 5424, RFC 3164, and rsyslog's file formats without a priority.</summary>
    Syslog,

    /// <summary>Common and combined log format of nginx and Apache with the usual extensions, and their error logs.</summary>
    Access,

    /// <summary>A time, perhaps a level, and text; or text alone.</summary>
    Plain,
}

/// <summary>
/// What a parser found in one line. A builder that is filled, written out and <see cref="Clear">cleared</see>: one per reader, not shared
/// between threads.
/// </summary>
public sealed class ParsedLine
{
    /// <summary>Fields taken from one line. Real lines have below 100; the raw line keeps the rest.</summary>
    public const int MaxFields = 1_000;

    private readonly List<(string Name, FieldValue Value)> _fields = [];

    /// <summary>The event's time, if the line has one.</summary>
    public Timestamp? Timestamp { get; set; }

    public Severity Severity { get; set; }

    /// <summary>The line itself is a JSON object and becomes the event's source as it is.</summary>
    public bool IsJson { get; set; }

    /// <summary>The line's own message when it is less than the line; null: the whole line is the message.</summary>
    public string? Message { get; set; }

    /// <summary>Dotted names in the order found. A name may come twice: the first counts.</summary>
    public IReadOnlyList<(string Name, FieldValue Value)> Fields => _fields;

    public void Add(string name, FieldValue value)
    {
        if (_fields.Count < MaxFields)
        {
            _fields.Add((name, value));
        }
    }

    public void Add(string name, ReadOnlySpan<byte> utf8)
    {
        if (!utf8.IsEmpty)
        {
            Add(name, FieldValue.Of(Encoding.UTF8.GetString(utf8)));
        }
    }

    public void Add(string name, long number) => Add(name, FieldValue.Of(number));

    /// <summary>The first value under a name, or null.</summary>
    public FieldValue? Find(string name)
    {
        foreach ((string known, FieldValue value) in _fields)
        {
            if (string.Equals(known, name, StringComparison.Ordinal))
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>Forgets the fields after the first <paramref name="count"/>.</summary>
    internal void Truncate(int count) => _fields.RemoveRange(count, _fields.Count - count);

    public void Clear()
    {
        _fields.Clear();
        Timestamp = null;
        Severity = Severity.Unknown;
        IsJson = false;
        Message = null;
    }
}
