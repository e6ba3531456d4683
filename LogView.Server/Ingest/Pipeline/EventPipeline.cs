using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using LogView.Client.Contracts.Events;

namespace LogView.Server.Ingest.Pipeline;

/// <summary>An event after the pipeline, or why it is none.</summary>
internal readonly record struct PipelineResult(ReadOnlyMemory<byte> Source, ReadOnlyMemory<byte> Derived, Timestamp Timestamp, string? Reason);

/// <summary>
/// Event → event, without I/O: finds the time, normalises the level, adds the schema's names beside the source, holds the limits. One per batch: buffers
/// are kept between events. What it adds is described in docs/ingest/http.md.
/// </summary>
internal sealed class EventPipeline(PipelineOptions options, int expectedEvents)
{
    private const int ExpectedDerivedBytes = 160;

    private readonly ByteSlab _slab = new(Math.Min(expectedEvents, 1024) * ExpectedDerivedBytes);
    private readonly ArrayBufferWriter<byte> _derived = new(1024);
    private readonly ArrayBufferWriter<byte> _message = new(256);

    public PipelineResult Run(in ReceivedEvent received)
    {
        ReadOnlyMemory<byte> source = Trim(received.Source);
        var marks = default(EventMarks);
        if (!Utf8.IsValid(source.Span))
        {
            source = SourceRepair.ReplaceInvalidUtf8(source.Span);
            marks.InvalidUtf8 = true;
        }

        var times = new TimeReader(options.TimeZone, received.ReceivedAt);
        if (SourceScan.TryRun(source.Span, times, out SourceScan scan) is { } reason)
        {
            return new PipelineResult(default, default, default, reason);
        }

        if (source.Length > EventLimits.MaxEventBytes || scan.Depth > EventLimits.MaxJsonDepth)
        {
            marks.OriginalBytes = source.Length > EventLimits.MaxEventBytes ? source.Length : 0;
            marks.NestedAsText = scan.Depth > EventLimits.MaxJsonDepth;
            source = SourceRepair.Rewrite(source.Span);
            if (SourceScan.TryRun(source.Span, times, out scan) is { } problem)
            {
                return new PipelineResult(default, default, default, problem);
            }
        }

        marks.FieldsLeftOut = Math.Max(0, scan.Fields - EventLimits.MaxFields);
        Timestamp? time = received.Timestamp ?? scan.Time;
        marks.TimeIsArrival = time is null;
        marks.UnusableTimeName = scan.UnusableTimeName;
        ReadOnlyMemory<byte> derived = Derive(received.Derived, source.Span, scan, marks);
        return new PipelineResult(source, derived, time ?? received.ReceivedAt, null);
    }

    private static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> source)
    {
        ReadOnlySpan<byte> bom = [0xEF, 0xBB, 0xBF];
        return (source.Span.StartsWith(bom) ? source[bom.Length..] : source).Trim(" \t\r\n"u8);
    }

    private ReadOnlyMemory<byte> Derive(ReadOnlyMemory<byte> given, ReadOnlySpan<byte> source, in SourceScan scan, in EventMarks marks)
    {
        _derived.ResetWrittenCount();
        var output = new MemberWriter(_derived, given.Span);
        WriteLevel(ref output, scan);
        WriteMessage(ref output, source, scan);
        for (FieldRole role = FieldRole.Service; role <= FieldRole.ProcessId; role++)
        {
            FoundValue found = scan.Values[(int)role];
            if (!found.IsMissing && !found.IsCanonical)
            {
                output.Value(FieldRoles.Member(role), source.Slice(found.Start, found.Length), isText: found.Kind == JsonTokenType.String);
            }
        }

        marks.Write(ref output);
        if (!output.HasAny)
        {
            return given.Length > 2 ? given : default;
        }

        output.End();
        return _slab.Copy(_derived.WrittenSpan);
    }

    private static void WriteLevel(ref MemberWriter output, in SourceScan scan)
    {
        Severity severity = scan.Severity;
        if (severity == Severity.Unknown && scan.IsClef && !(scan.Values[(int)FieldRole.Template].IsMissing && scan.Values[(int)FieldRole.Message].IsMissing))
        {
            // CLEF leaves out the level of information.
            severity = Severity.Info;
        }

        if (severity != Severity.Unknown && !scan.IsLevelNormal)
        {
            output.Value(FieldRoles.Member(FieldRole.Level), LevelReader.Name(severity), isText: true);
        }
    }

    private void WriteMessage(ref MemberWriter output, ReadOnlySpan<byte> source, in SourceScan scan)
    {
        FoundValue message = scan.Values[(int)FieldRole.Message], template = scan.Values[(int)FieldRole.Template];
        if (message.IsMissing && !template.IsMissing)
        {
            _message.ResetWrittenCount();
            MessageTemplate.Render(source.Slice(template.Start, template.Length), source, scan.Values[(int)FieldRole.Renderings].Start, _message);
            output.Value(FieldRoles.Member(FieldRole.Message), _message.WrittenSpan, isText: true);
        }
        else if (!message.IsMissing && !message.IsCanonical)
        {
            output.Value(FieldRoles.Member(FieldRole.Message), source.Slice(message.Start, message.Length), isText: message.Kind == JsonTokenType.String);
        }
    }
}

/// <summary>What the pipeline had to do to an event; written as fields so that it can be searched for.</summary>
internal struct EventMarks
{
    public bool InvalidUtf8;
    public bool NestedAsText;
    public bool TimeIsArrival;

    /// <summary>The field that should have been the time: letters of ASCII, dots, dashes and underscores.</summary>
    public string? UnusableTimeName;

    /// <summary>Length of a source that was cut; 0 when it was not.</summary>
    public int OriginalBytes;

    public int FieldsLeftOut;

    public readonly void Write(ref MemberWriter output)
    {
        if (TimeIsArrival)
        {
            output.Value("\"logview.timestamp_from\":"u8, "arrival"u8, isText: true);
            if (UnusableTimeName is { } name)
            {
                output.Value("\"logview.timestamp_unusable\":"u8, Encoding.ASCII.GetBytes(name), isText: true);
            }
        }

        if (OriginalBytes > 0)
        {
            output.Value("\"logview.truncated\":"u8, "true"u8, isText: false);
            output.Number("\"logview.original_bytes\":"u8, OriginalBytes);
        }

        if (NestedAsText)
        {
            output.Value("\"logview.nested_as_text\":"u8, "true"u8, isText: false);
        }

        if (FieldsLeftOut > 0)
        {
            output.Number("\"logview.fields_left_out\":"u8, FieldsLeftOut);
        }

        if (InvalidUtf8)
        {
            output.Value("\"logview.invalid_utf8\":"u8, "true"u8, isText: false);
        }
    }
}

/// <summary>Writes the members of the derived object behind those a receiver gave, whose names are not repeated.</summary>
internal ref struct MemberWriter(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> given)
{
    private readonly ReadOnlySpan<byte> _given = given.Length > 2 ? given : default;

    public bool HasAny { get; private set; }

    /// <param name="member">Name with quotes and colon.</param>
    /// <param name="json">A number or a literal, or the escaped inside of a string.</param>
    /// <param name="isText">It is the inside of a string.</param>
    public void Value(scoped ReadOnlySpan<byte> member, scoped ReadOnlySpan<byte> json, bool isText)
    {
        if (!_given.IsEmpty && _given.IndexOf(member) >= 0)
        {
            return;
        }

        Begin();
        output.Write(member);
        if (isText)
        {
            output.Write("\""u8);
            output.Write(json);
            output.Write("\""u8);
        }
        else
        {
            output.Write(json);
        }
    }

    public void Number(scoped ReadOnlySpan<byte> member, int number)
    {
        Span<byte> digits = stackalloc byte[16];
        Utf8Formatter.TryFormat(number, digits, out int written);
        Value(member, digits[..written], isText: false);
    }

    public readonly void End() => output.Write("}"u8);

    private void Begin()
    {
        if (HasAny)
        {
            output.Write(","u8);
        }
        else if (_given.IsEmpty)
        {
            output.Write("{"u8);
        }
        else
        {
            output.Write(_given[..(_given.LastIndexOf((byte)'}'))]);
            output.Write(","u8);
        }

        HasAny = true;
    }
}
