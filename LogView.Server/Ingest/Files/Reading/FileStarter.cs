using System.IO.Compression;
using LogView.Server.Ingest.Files.Finding;
using LogView.Server.Ingest.Files.State;
using Microsoft.Win32.SafeHandles;

namespace LogView.Server.Ingest.Files.Reading;

/// <param name="File">To be read; null: not now.</param>
/// <param name="IsBinary">Not a text file; otherwise it cannot be told yet what it is.</param>
internal readonly record struct FileStarted(FollowedFile? File, bool IsBinary);

/// <summary>
/// Decides where a file that was not followed until now is read from: where it was left before a restart, where the file it is a copy of was
/// left, its beginning, or its end. Used by one thread.
/// </summary>
internal sealed class FileStarter(FileRegistry registry, TimeProvider clock, Func<string, SafeFileHandle> open)
{
    /// <summary>How far back the start of an unfinished last line is looked for.</summary>
    private const int LastLineBytes = 64 * 1024;

    /// <summary>Exceptions of the file system pass through.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="facts">What it is.</param>
    /// <param name="source">That wants it.</param>
    /// <param name="initial">The source is scanned for the first time.</param>
    /// <param name="settled">It has not grown for a while.</param>
    /// <param name="followed">Files that are read, for the originals of copies.</param>
    public FileStarted Start(
        string path, FileFacts facts, SourceRuntime source, bool initial, bool settled, IReadOnlyCollection<FollowedFile> followed)
    {
        using SafeFileHandle handle = open(path);
        byte[] head = new byte[TextSniffer.SampleBytes];
        int length = RandomAccess.Read(handle, head, 0);
        ReadOnlySpan<byte> sample = head.AsSpan(0, length);
        bool compressed = TextSniffer.IsGzip(sample);
        if (!compressed && (TextSniffer.IsBinary(sample, source.Encoding) || (length > 0 && sample.IndexOfAnyExcept((byte)0) < 0)))
        {
            return new FileStarted(null, IsBinary: true);
        }

        if (RotationName.IsCompressed(path) && length < 3)
        {
            throw new IOException("the compressed file is still empty");
        }

        FileRecord? record = Known(path, facts, handle, compressed)
            ?? (compressed ? CopyOfCompressed(path, facts) : CopyOf(path, facts, handle, followed));
        if (record is null && !compressed && ShorterCopyOf(path, facts, sample) is { } original)
        {
            if (!settled)
            {
                return new FileStarted(null, IsBinary: false);
            }

            // More was read of the original than was copied, or it only begins alike. Under the original's ids both come right: what is the
            // same is recognised, what differs gets ids of its own.
            record = original.Anchor.FitsHead(sample) ? registry.AddCopy(original, path, facts.Identity, offset: 0) : null;
        }

        record ??= New(path, facts, source, handle, initial, compressed);
        return new FileStarted(Follow(source, record, compressed, facts, followed), IsBinary: false);
    }

    private FollowedFile Follow(SourceRuntime source, FileRecord record, bool compressed, FileFacts facts, IReadOnlyCollection<FollowedFile> followed)
    {
        FollowedFile file = new(source, record, compressed) { Size = compressed ? record.Offset : -1, SizeChangedAt = clock.GetUtcNow() };
        foreach (FollowedFile original in followed)
        {
            if (string.Equals(original.Record.Id, record.Id, StringComparison.Ordinal) && original.Record.Identity != facts.Identity)
            {
                original.Copy = file;
            }
        }

        return file;
    }

    private FileRecord? Known(string path, FileFacts facts, SafeFileHandle handle, bool compressed)
    {
        FileRecord? record = registry.Records.FirstOrDefault(r => r.Identity == facts.Identity);
        if (record is null)
        {
            return null;
        }

        bool fits = compressed
            ? RotationName.IsCompressed(record.Path) || record.IsDone
            : record.Anchor.Position <= facts.Size && record.Anchor.Fits(handle);
        if (!fits)
        {
            FileRegistry.Unlink(record);
            return null;
        }

        record.Path = path;
        return record;
    }

    private FileRecord? CopyOf(string path, FileFacts facts, SafeFileHandle handle, IReadOnlyCollection<FollowedFile> followed)
    {
        FileRecord? original = registry.Records
            .Where(r => r.Anchor.Position > 0 && r.Anchor.Position <= facts.Size && RotationName.IsCopyName(r.Path, path))
            .OrderByDescending(r => r.Offset)
            .FirstOrDefault(r => r.Anchor.Fits(handle));
        if (original is null)
        {
            return null;
        }

        bool isRead = followed.Any(f => ReferenceEquals(f.Record, original));
        if (!isRead)
        {
            registry.Remove(original);
        }

        return registry.AddCopy(original, path, facts.Identity, original.Offset);
    }

    /// <summary>Copying takes a while: until then the copy is shorter than what was read of its original.</summary>
    private FileRecord? ShorterCopyOf(string path, FileFacts facts, ReadOnlySpan<byte> head)
    {
        foreach (FileRecord record in registry.Records)
        {
            bool shorter = record.Anchor.Position > facts.Size && RotationName.IsCopyName(record.Path, path);
            if (shorter && (head.Length < record.Anchor.HeadLength || record.Anchor.FitsHead(head)))
            {
                return record;
            }
        }

        return null;
    }

    /// <summary>Only the first bytes are compared here; the bytes before the offset are when the text up to there is passed over.</summary>
    private FileRecord? CopyOfCompressed(string path, FileFacts facts)
    {
        List<FileRecord> originals = [.. registry.Records.Where(r => r.Anchor.Position > 0 && RotationName.IsCompressedName(r.Path, path)).OrderByDescending(r => r.Offset)];
        if (originals.Count == 0)
        {
            return null;
        }

        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using GZipStream text = new(stream, CompressionMode.Decompress);
        byte[] head = new byte[FileAnchor.MaxHead];
        int length = text.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        FileRecord? original = originals.Find(r => r.Anchor.FitsHead(head.AsSpan(0, length)));
        return original is null ? null : registry.AddCopy(original, path, facts.Identity, original.Offset);
    }

    private FileRecord New(string path, FileFacts facts, SourceRuntime source, SafeFileHandle handle, bool initial, bool compressed)
    {
        FileRecord record = registry.Add(path, facts.Identity);
        if (!initial || source.Options.Start == FileStart.Beginning)
        {
            return record;
        }

        record.IsDone = compressed;
        record.Offset = compressed ? 0 : StartOfLastLine(handle, facts.Size);
        return record;
    }

    private static long StartOfLastLine(SafeFileHandle handle, long size)
    {
        byte[] end = new byte[Math.Min(size, LastLineBytes)];
        int read = RandomAccess.Read(handle, end, size - end.Length);
        int lineEnd = end.AsSpan(0, read).LastIndexOf((byte)'\n');
        return lineEnd < 0 ? size : size - end.Length + lineEnd + 1;
    }
}
