using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using LogView.Server.Ingest.Files.Finding;
using LogView.Server.Ingest.Files.Reading;
using LogView.Server.Platform;

namespace LogView.Server.Ingest.Files.State;

/// <summary>
/// The offsets file: one JSON document, replaced whole (write, fsync, rename). Losing it means reading everything again, so it is never
/// written in place. Used by one thread.
/// </summary>
internal sealed class FileRegistry
{
    private const int Version = 1;
    private const string Base32 = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int IdLetters = 13;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly string _path;
    private readonly Dictionary<string, FileRecord> _records = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sources = new(StringComparer.Ordinal);

    private FileRegistry(string path) => _path = path;

    public IReadOnlyCollection<FileRecord> Records => _records.Values;

    /// <summary>Something changed since the last save.</summary>
    public bool IsDirty { get; set; }

    /// <summary>A new file or a cut: has to be saved before the events that follow from it are sent.</summary>
    public bool MustSaveFirst { get; private set; }

    /// <summary>Reads what is there; a file that cannot be read is put aside, and said so in <paramref name="problem"/>.</summary>
    public static FileRegistry Open(string dataFolder, out string? problem)
    {
        string path = Path.Combine(dataFolder, FileNames.FilesOffsets);
        FileRegistry registry = new(path);
        problem = null;
        if (!File.Exists(path))
        {
            return registry;
        }

        try
        {
            Document? document = JsonSerializer.Deserialize<Document>(File.ReadAllBytes(path), Json);
            if (document is null || document.Version != Version)
            {
                throw new JsonException($"expected version {Version}");
            }

            registry.Fill(document);
        }
        catch (JsonException e)
        {
            File.Move(path, path + FileNames.UnreadableSuffix, overwrite: true);
            problem = e.Message;
        }

        return registry;
    }

    public bool KnowsSource(string key) => _sources.Contains(key);

    public void AddSource(string key) => IsDirty |= _sources.Add(key);

    public FileRecord Add(string path, FileIdentity identity)
    {
        FileRecord record = new() { Id = NewId(), Path = path, Identity = identity };
        _records[record.Id] = record;
        RequireSave();
        return record;
    }

    /// <summary>A file that holds what another had: the same events under the same ids from where the other was.</summary>
    public FileRecord AddCopy(FileRecord original, string path, FileIdentity identity, long offset)
    {
        string key = original.Id;
        FileRecord record = new()
        {
            Id = key, Path = path, Identity = identity, Offset = offset, Anchor = offset == 0 ? FileAnchor.Empty : original.Anchor, Layout = original.Layout, IsProvisional = original.IsProvisional,
            Cuts = [.. original.Cuts],
        };
        _records[$"{key}@{identity.Device:x}-{identity.Inode:x}"] = record;
        RequireSave();
        return record;
    }

    public void Remove(FileRecord record)
    {
        foreach (string key in _records.Where(p => ReferenceEquals(p.Value, record)).Select(p => p.Key).ToList())
        {
            IsDirty |= _records.Remove(key);
        }
    }

    /// <summary>
    /// The device and inode belong to another file by now. What the record says of the text stays good for a copy of it that turns up, compressed
    /// or not.
    /// </summary>
    public static void Unlink(FileRecord record) => record.Identity = default;

    public void RequireSave() => (IsDirty, MustSaveFirst) = (true, true);

    /// <summary>Returns when the state is durable. Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> when it cannot be written; nothing is lost then.</summary>
    public void Save()
    {
        string temporary = _path + FileNames.ReplacementSuffix;
        using (FileStream file = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(file, new Document { Version = Version, Sources = [.. _sources], Files = [.. _records.Values] }, Json);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, _path, overwrite: true);
        (IsDirty, MustSaveFirst) = (false, false);
    }

    /// <summary>Forgets files that have not been seen for long.</summary>
    public void Forget(long seenBefore)
    {
        foreach (FileRecord record in _records.Values.Where(r => r.SeenAt < seenBefore).ToList())
        {
            Remove(record);
        }
    }

    private void Fill(Document document)
    {
        foreach (FileRecord record in document.Files)
        {
            string key = _records.ContainsKey(record.Id) ? $"{record.Id}@{record.Identity.Device:x}-{record.Identity.Inode:x}" : record.Id;
            _records[key] = record;
        }

        _sources.UnionWith(document.Sources);
    }

    /// <summary>64 random bits as 13 letters.</summary>
    private static string NewId()
    {
        ulong bits = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        return string.Create(IdLetters, bits, (letters, rest) =>
        {
            for (int i = letters.Length - 1; i >= 0; i--)
            {
                letters[i] = Base32[(int)(rest & 31)];
                rest >>= 5;
            }
        });
    }

    private sealed class Document
    {
        public int Version { get; init; }

        public List<string> Sources { get; init; } = [];

        public List<FileRecord> Files { get; init; } = [];
    }
}
