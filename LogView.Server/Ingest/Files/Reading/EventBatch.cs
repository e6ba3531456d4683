using System.Globalization;
using System.Security.Cryptography;
using LogView.Client.Contracts.Events;
using LogView.Server.Ingest.Files.Joining;
using LogView.Server.Ingest.Parsing;
using LogView.Server.Ingest.Parsing.Times;
using LogView.Server.Ingest.Pipeline;

namespace LogView.Server.Ingest.Files.Reading;

/// <summary>Events made but not yet durable, and the files they come from. Used by one thread.</summary>
internal sealed class EventBatch(TimeProvider clock)
{
    private readonly List<ReceivedEvent> _events = [];
    private readonly HashSet<FollowedFile> _files = [];
    private readonly ParsedLine _line = new();
    private readonly LineEventWriter _writer = new();

    public IReadOnlyList<ReceivedEvent> Events => _events;

    /// <summary>Files whose offset goes forward when the batch is durable.</summary>
    public IReadOnlyCollection<FollowedFile> Files => _files;

    public int Bytes { get; private set; }

    public bool IsFull => Bytes >= FilesLimits.BatchBytes || _events.Count >= FilesLimits.BatchEvents;

    /// <summary>Has to be saved when the rest is durable, though no event came of it.</summary>
    public void Touch(FollowedFile file) => _files.Add(file);

    public void Add(FollowedFile file, ReadOnlySpan<byte> text, LineSpan span, LineLayout layout, in TextTimeContext context)
    {
        LineParser.Parse(text, layout, context, _line);
        ReadOnlyMemory<byte> source = _writer.Source(text, _line);
        if (source.Length > EventLimits.MaxEventBytes && !_line.IsJson)
        {
            AddHalves(file, text, span, layout, context);
            return;
        }

        ReadOnlySpan<(string, FieldValue)> extra =
        [
            ("log.file.path", FieldValue.Of(file.Record.Path)),
            ("log.offset", FieldValue.Of(span.Start)),
        ];
        ReceivedEvent received = new()
        {
            Source = source,
            Derived = _writer.Derived(_line, extra, Names(span.Flags)),
            DataStream = file.Source.DataStream,
            ReceivedAt = Timestamp.Now(clock),
            Timestamp = _line.Timestamp,
            Id = Id(file, span),
        };
        _events.Add(received);
        file.LastEventAt = received.Timestamp ?? received.ReceivedAt;
        _files.Add(file);
        Bytes += received.Source.Length + received.Derived.Length;
    }

    /// <summary>A text that its JSON escapes make too large for one event.</summary>
    private void AddHalves(FollowedFile file, ReadOnlySpan<byte> text, LineSpan span, LineLayout layout, in TextTimeContext context)
    {
        int half = text.Length / 2;
        while ((text[half] & 0xC0) == 0x80)
        {
            half--;
        }

        LineSpan marked = span with { Flags = span.Flags | LineFlags.Split };
        Add(file, text[..half], marked with { End = span.Start + half }, layout, context);
        Add(file, text[half..], marked with { Start = span.Start + half }, layout, context);
    }

    public void Clear()
    {
        _events.Clear();
        _files.Clear();
        Bytes = 0;
    }

    /// <summary>
    /// For an event whose id is taken by another text: a copy that grew differently from its original, or a format that was configured anew.
    /// Made of the text, so that sending it again is recognised.
    /// </summary>
    public static ReceivedEvent WithOwnId(ReceivedEvent other) =>
        other with { Id = new EventId($"{other.Id}-{Convert.ToHexStringLower(SHA256.HashData(other.Source.Span).AsSpan(0, 8))}") };

    public static bool HasOwnId(ReceivedEvent received) => received.Id!.Value.Value.Count(c => c == '-') > 2;

    private static EventId Id(FollowedFile file, LineSpan span) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{file.Record.Id}-{span.Start:x}-{span.End - span.Start:x}"));

    private static string[] Names(LineFlags flags)
    {
        if (flags == LineFlags.None)
        {
            return [];
        }

        List<string> names = [];
        AddIf(LineFlags.Multiline, "multiline");
        AddIf(LineFlags.Split, "split_line");
        AddIf(LineFlags.Unfinished, "unfinished_line");
        AddIf(LineFlags.Limited, "multiline_limit");
        AddIf(LineFlags.InvalidText, "invalid_text");
        AddIf(LineFlags.Nuls, "nul_bytes");
        return [.. names];

        void AddIf(LineFlags flag, string name)
        {
            if (flags.HasFlag(flag))
            {
                names.Add(name);
            }
        }
    }
}
