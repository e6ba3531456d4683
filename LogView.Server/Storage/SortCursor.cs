using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;

namespace LogView.Server.Storage;

/// <summary>
/// The place between two hits as text, safe in URLs: the sort key of the hit before it, so that paging neither repeats nor loses hits
/// while events arrive or leave. Format 1, before base64url: version byte, 8 bytes of the SHA-256 of the sort, sequence (8 bytes, little
/// endian), then per sort field a kind byte and the value (8 bytes, or a length-prefixed UTF-8 text). Format 2 ends with the writer of the sequence (a
/// length-prefixed UTF-8 text); 1, which earlier builds gave out for such events too, is the place behind all of that sequence.
/// </summary>
public static class SortCursor
{
    private const byte Version = 1;
    private const byte VersionWithWriter = 2;
    private const int SortHashBytes = 8;

    /// <summary>The cursor behind this event.</summary>
    public static string After(LogEvent logEvent, IReadOnlyList<SortField> sort) => Write(new EventOrder(sort).KeyOf(logEvent), sort);

    public static string Write(SortKey key, IReadOnlyList<SortField> sort)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(key.Writer is null ? Version : VersionWithWriter);
        writer.Write(HashOf(sort));
        writer.Write(key.Sequence);
        foreach (FieldValue value in key.Values)
        {
            WriteValue(writer, value);
        }

        if (key.Writer is not null)
        {
            writer.Write(key.Writer);
        }

        writer.Flush();
        return Base64Url.EncodeToString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    /// <summary>Throws <see cref="BadCursorException"/> when the text is no cursor or was made for another sort.</summary>
    public static SortKey Read(string cursor, IReadOnlyList<SortField> sort)
    {
        try
        {
            using var bytes = new MemoryStream(Base64Url.DecodeFromChars(cursor));
            using var reader = new BinaryReader(bytes);
            byte version = reader.ReadByte();
            if (version is not (Version or VersionWithWriter) || !reader.ReadBytes(SortHashBytes).AsSpan().SequenceEqual(HashOf(sort)))
            {
                throw new BadCursorException();
            }

            long sequence = reader.ReadInt64();
            var values = new FieldValue[sort.Count];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = ReadValue(reader);
            }

            string? eventWriter = version == VersionWithWriter ? reader.ReadString() : null;
            return bytes.Position == bytes.Length ? new SortKey(values, sequence, eventWriter) : throw new BadCursorException();
        }
        catch (Exception e) when (e is FormatException or IOException or ArgumentException)
        {
            throw new BadCursorException("'after' is not a cursor: expected the 'next' of an answer, unchanged", e);
        }
    }

    private static byte[] HashOf(IReadOnlyList<SortField> sort)
    {
        string text = string.Join('\n', sort.Select(s => $"{s.Order} {s.Field}"));
        return SHA256.HashData(Encoding.UTF8.GetBytes(text))[..SortHashBytes];
    }

    private static void WriteValue(BinaryWriter writer, FieldValue value)
    {
        writer.Write((byte)value.Kind);
        switch (value.Kind)
        {
            case FieldValueKind.String:
                writer.Write(value.AsString());
                break;
            case FieldValueKind.Long:
                writer.Write(value.AsLong());
                break;
            case FieldValueKind.Double:
                writer.Write(value.AsDouble());
                break;
            case FieldValueKind.Boolean:
                writer.Write(value.AsBoolean());
                break;
        }
    }

    private static FieldValue ReadValue(BinaryReader reader) => (FieldValueKind)reader.ReadByte() switch
    {
        FieldValueKind.Null => FieldValue.Null,
        FieldValueKind.String => FieldValue.Of(reader.ReadString()),
        FieldValueKind.Long => FieldValue.Of(reader.ReadInt64()),
        FieldValueKind.Double => FieldValue.Of(reader.ReadDouble()),
        FieldValueKind.Boolean => FieldValue.Of(reader.ReadBoolean()),
        _ => throw new FormatException("An unknown kind of value"),
    };
}
