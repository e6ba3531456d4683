namespace LogView.Server.Platform;

/// <summary>Small files that are read and replaced as a whole.</summary>
public static class WholeFiles
{
    /// <summary>All bytes of a file; the caller knows that it is small. Throws <see cref="IOException"/>.</summary>
    public static byte[] ReadAll(this IFileSystem files, string path)
    {
        using IFile file = files.OpenRead(path);
        var bytes = new byte[file.Length];
        for (int done = 0, read; done < bytes.Length; done += read)
        {
            read = file.Read(done, bytes.AsSpan(done));
            if (read == 0)
            {
                throw new EndOfStreamException($"{path} became shorter while it was read");
            }
        }

        return bytes;
    }

    /// <summary>
    /// Written beside, synced, renamed, and the folder synced: after a crash either the old or the new content is there. After a failure the old
    /// content counts, unless only the last step failed; then either may.
    /// </summary>
    public static void ReplaceDurably(this IFileSystem files, string path, ReadOnlyMemory<byte> content)
    {
        string folder = Path.GetDirectoryName(path)!, temporary = path + FileNames.TemporarySuffix;
        if (files.ListFiles(folder).Contains(Path.GetFileName(temporary), StringComparer.Ordinal))
        {
            // A leftover may be open with a failed sync behind it: a new file is the only one to trust.
            files.Delete(temporary);
        }

        using (IFile file = files.Create(temporary))
        {
            file.Write(0, [content]);
            file.Sync();
        }

        files.Rename(temporary, path);
        files.SyncDirectory(folder);
    }
}
