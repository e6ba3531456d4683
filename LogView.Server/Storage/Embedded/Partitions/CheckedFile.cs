using LogView.Server.Platform;
using LogView.Server.Storage.Embedded.Format;

namespace LogView.Server.Storage.Embedded.Partitions;

/// <summary>
/// Small files that are replaced as a whole: version, CRC-32C of the rest, content. Written beside, synced, renamed, and the folder synced,
/// so that after a crash either the old or the new one is there.
/// </summary>
internal static class CheckedFile
{
    private const byte Version = 1;
    private const int HeaderBytes = 1 + sizeof(uint);

    /// <summary>Far above any real one: a file that claims more is not ours.</summary>
    private const long MaxBytes = 64 * 1024 * 1024;

    public static void Write(IFileSystem files, string folder, string name, ReadOnlySpan<byte> content)
    {
        var writer = new ByteWriter(content.Length + HeaderBytes);
        writer.Byte(Version);
        writer.UInt32(Crc32C.Of(content));
        writer.Bytes(content);
        files.ReplaceDurably(Path.Combine(folder, name), writer.WrittenMemory);
    }

    /// <summary>The content; null when there is no such file. Throws <see cref="DamagedFileException"/>.</summary>
    public static byte[]? Read(IFileSystem files, string folder, string name)
    {
        if (!files.ListFiles(folder).Contains(name, StringComparer.Ordinal))
        {
            return null;
        }

        string path = Path.Combine(folder, name);
        using (IFile file = files.OpenRead(path))
        {
            if (file.Length is < HeaderBytes or > MaxBytes)
            {
                throw new DamagedFileException($"{name} has an impossible length") { Path = path };
            }
        }

        byte[] bytes = files.ReadAll(path);
        bool fits = bytes[0] == Version && BitConverter.ToUInt32(bytes, 1) == Crc32C.Of(bytes.AsSpan(HeaderBytes));
        return fits ? bytes[HeaderBytes..] : throw new DamagedFileException($"the checksum of {name} does not fit") { Path = path };
    }
}
