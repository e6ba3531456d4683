using System.Globalization;
using System.Text.Json;
using LogView.Client.Contracts.Saved;
using LogView.Server.Saved;

namespace LogView.Server.Storage.Elastic.Saving;

/// <summary>A saved object as a document of the cluster. A member more or less is another <see cref="SavedIndex.Schema"/>.</summary>
/// <param name="Schema">The version of this form.</param>
/// <param name="Save">Of the write that left it so: a writer that got no answer knows its own work by it.</param>
internal sealed record SavedDocument(
    int Schema, string Save, string Kind, string Id, string Name, string Owner, string Access, string Content, string CreatedAt, string UpdatedAt, string UpdatedBy)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    };

    public static SavedDocument Of(SavedObject saved) => new(
        SavedIndex.Schema, Guid.NewGuid().ToString("N"), saved.Kind, saved.Id, saved.Name, saved.Owner, saved.Access.ToString(), saved.Content,
        Text(saved.CreatedAt), Text(saved.UpdatedAt), saved.UpdatedBy);

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <param name="hit">With <c>_source</c>, <c>_seq_no</c> and <c>_primary_term</c>.</param>
    /// <exception cref="SavedStoreException">It is of a newer LogView, or not of LogView at all.</exception>
    public static (SavedObject Saved, string Save) Read(JsonElement hit)
    {
        string id = hit.GetProperty("_id").GetString()!;
        JsonElement source = hit.GetProperty("_source");
        if (source.TryGetProperty("schema", out JsonElement schema) && schema.TryGetInt32(out int version) && version > SavedIndex.Schema)
        {
            throw SavedIndex.Newer($"The saved object {id}", version);
        }

        try
        {
            SavedDocument read = source.Deserialize<SavedDocument>(Json)!;
            var saved = new SavedObject(
                read.Id, read.Kind, read.Name, read.Owner, Enum.Parse<SavedAccess>(read.Access), read.Content, Instant(read.CreatedAt), Instant(read.UpdatedAt), read.UpdatedBy,
                SavedVersion.Of(hit).ToString());
            return (saved, read.Save);
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException)
        {
            throw new SavedStoreException($"The saved object {id} on the cluster is not as LogView wrote it: restore or delete that document", e);
        }
    }

    private static string Text(DateTimeOffset instant) => instant.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>Which write of the cluster a document is of.</summary>
internal readonly record struct SavedVersion(long SeqNo, long PrimaryTerm)
{
    public static SavedVersion Of(JsonElement document) => new(document.GetProperty("_seq_no").GetInt64(), document.GetProperty("_primary_term").GetInt64());

    /// <summary>Null for what is no version.</summary>
    public static SavedVersion? Parse(string text)
    {
        string[] parts = text.Split('-');
        return parts.Length == 2 && Number(parts[0]) is { } seqNo && Number(parts[1]) is > 0 and { } term ? new SavedVersion(seqNo, term) : null;
    }

    /// <summary>As parameters of a write that needs it.</summary>
    public string AsCondition => string.Create(CultureInfo.InvariantCulture, $"if_seq_no={SeqNo}&if_primary_term={PrimaryTerm}");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{SeqNo}-{PrimaryTerm}");

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
