using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using LogView.Client.Contracts.Events;

namespace LogView.Server.Ingest.Pipeline;

/// <summary>A value in a source: where its bytes stand (a string's without quotes, as escaped there) and how good a find it is.</summary>
internal readonly record struct FoundValue(int Start, int Length, JsonTokenType Kind, byte Rank)
{
    public bool IsMissing => Kind == JsonTokenType.None;

    /// <summary>The source already has it under the schema's name.</summary>
    public bool IsCanonical => Rank == 0 && !IsMissing;
}

[InlineArray(FieldRoles.Count)]
internal struct FoundValues
{
    private FoundValue _first;
}

/// <summary>One pass over a source: is it an object, how deep and wide is it, and where are the values LogView knows.</summary>
internal struct SourceScan
{
    /// <summary>Deeper is refused, as Elasticsearch does. Between <see cref="EventLimits.MaxJsonDepth"/> and this the event is kept with its depths as text.</summary>
    public const int MaxReadableDepth = 1_000;

    private const int MaxKnownDepth = 4;
    private const int Longest = KnownNames.MaxBytes;

    private readonly TimeReader _times;

    public FoundValues Values;

    private SourceScan(in TimeReader times) => _times = times;

    public Timestamp? Time { get; private set; }

    private byte TimeRank { get; set; } = byte.MaxValue;

    /// <summary>The best field that should have been a time and is none; null when there is no such field.</summary>
    public string? UnusableTimeName { get; private set; }

    private byte UnusableRank { get; set; } = byte.MaxValue;

    public Severity Severity { get; private set; }

    /// <summary>The source has the level under the schema's name in the normal form.</summary>
    public bool IsLevelNormal { get; private set; }

    private byte LevelRank { get; set; } = byte.MaxValue;

    public int Fields { get; private set; }

    /// <summary>Objects and arrays inside each other, the outermost counted.</summary>
    public int Depth { get; private set; }

    public bool IsClef { get; private set; }

    /// <summary>Null when the bytes are one JSON object; else why not.</summary>
    public static string? TryRun(ReadOnlySpan<byte> source, in TimeReader times, out SourceScan scan)
    {
        scan = new SourceScan(times);
        try
        {
            var reader = new Utf8JsonReader(source, new JsonReaderOptions { MaxDepth = MaxReadableDepth });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return $"expected a JSON object, found {Describe(reader.TokenType)}";
            }

            scan.Run(ref reader, source);
            return null;
        }
        catch (JsonException e)
        {
            return source.IsEmpty ? "expected a JSON object, found nothing" : $"not a JSON object: {Shorten(e.Message)}";
        }
    }

    private static string Describe(JsonTokenType kind) => kind switch
    {
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        JsonTokenType.Null => "null",
        _ => "nothing",
    };

    /// <summary>Event text has no place in a reason: what .NET quotes of it is one character at most, the rest is a position.</summary>
    private static string Shorten(string message) => message.Length <= 200 ? message : message[..200];

    private void Run(ref Utf8JsonReader reader, ReadOnlySpan<byte> source)
    {
        Span<byte> path = stackalloc byte[Longest];
        Span<int> lengths = stackalloc int[MaxKnownDepth + 1];
        int knownDepth = 1;
        KnownName current = default;
        int nameLength = 0;
        long nameStart = 0;
        Depth = 1;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    Fields++;
                    current = default;
                    if (reader.CurrentDepth == knownDepth)
                    {
                        nameStart = reader.TokenStartIndex;
                        nameLength = Extend(path, lengths[knownDepth], reader.ValueSpan);
                        _ = nameLength > 0 && KnownNames.TryFind(path[..nameLength], out current);
                    }

                    break;
                case JsonTokenType.StartObject:
                    Depth = Math.Max(Depth, reader.CurrentDepth + 1);
                    if (current.IsParent && reader.CurrentDepth == knownDepth && knownDepth < MaxKnownDepth && nameLength < Longest)
                    {
                        path[nameLength] = (byte)'.';
                        lengths[++knownDepth] = nameLength + 1;
                    }

                    current = default;
                    break;
                case JsonTokenType.StartArray:
                    Depth = Math.Max(Depth, reader.CurrentDepth + 1);
                    if (current.Role == FieldRole.Renderings)
                    {
                        Values[(int)FieldRole.Renderings] = new FoundValue((int)reader.TokenStartIndex, 0, JsonTokenType.StartArray, 0);
                    }

                    current = default;
                    break;
                case JsonTokenType.EndObject:
                    knownDepth = reader.CurrentDepth < knownDepth && knownDepth > 1 ? knownDepth - 1 : knownDepth;
                    break;
                case JsonTokenType.String or JsonTokenType.Number when current.Role is not (FieldRole.None or FieldRole.Renderings):
                    Take(ref reader, current, source[((int)nameStart + 1)..], path[..nameLength]);
                    current = default;
                    break;
                default:
                    break;
            }
        }
    }

    private static int Extend(Span<byte> path, int prefix, ReadOnlySpan<byte> name) =>
        name.Length <= path.Length - prefix && Ascii.ToLower(name, path[prefix..], out int written) == System.Buffers.OperationStatus.Done ? prefix + written : 0;

    private void Take(ref Utf8JsonReader reader, KnownName known, ReadOnlySpan<byte> fromName, scoped ReadOnlySpan<byte> path)
    {
        bool isText = reader.TokenType == JsonTokenType.String;
        int start = (int)reader.TokenStartIndex + (isText ? 1 : 0);
        // The schema's name in other letters is another field: the value has to be given under the schema's own.
        byte rank = known.Rank == 0 && !IsExact(fromName, path) ? (byte)1 : known.Rank;
        var found = new FoundValue(start, reader.ValueSpan.Length, reader.TokenType, rank);
        switch (known.Role)
        {
            case FieldRole.Time:
                IsClef |= known.Rank == 2;
                TakeTime(found, reader.ValueSpan, fromName);
                break;
            case FieldRole.Level:
                TakeLevel(found, reader.ValueSpan);
                break;
            default:
                ref FoundValue best = ref Values[(int)known.Role];
                if (found.Length > 0 && (best.IsMissing || found.Rank < best.Rank))
                {
                    best = found;
                }

                break;
        }
    }

    private static bool IsExact(ReadOnlySpan<byte> fromName, ReadOnlySpan<byte> path) =>
        fromName.StartsWith(path) || fromName.StartsWith(path[(path.LastIndexOf((byte)'.') + 1)..]);

    private void TakeTime(in FoundValue found, ReadOnlySpan<byte> value, ReadOnlySpan<byte> fromName)
    {
        if (found.Rank >= TimeRank)
        {
            return;
        }

        if (_times.TryRead(value, found.Kind == JsonTokenType.Number, out Timestamp time))
        {
            (Time, TimeRank) = (time, found.Rank);
        }
        else if (found.Rank < UnusableRank)
        {
            UnusableTimeName = Encoding.ASCII.GetString(fromName[..fromName.IndexOf((byte)'"')]);
            UnusableRank = found.Rank;
        }
    }

    private void TakeLevel(in FoundValue found, ReadOnlySpan<byte> value)
    {
        if (found.Rank < LevelRank && LevelReader.TryRead(value, found.Kind == JsonTokenType.Number, out Severity severity))
        {
            (Severity, LevelRank) = (severity, found.Rank);
            IsLevelNormal = found.IsCanonical && LevelReader.IsNormal(value, severity);
        }
    }
}
