namespace LogView.Server.Platform;

/// <summary>
/// The file operations whose order and durability matter, so that tests can fail, tear or forget each of them. Thin on purpose: what
/// POSIX promises and no more. Failures are <see cref="IOException"/>. Safe for concurrent use.
/// </summary>
public interface IFileSystem
{
    /// <summary>Creates the folder and its parents, durably; nothing happens when it is there.</summary>
    void CreateDirectory(string path);

    /// <summary>Names (without folder) of the files directly in a folder, in no order; none when the folder is missing.</summary>
    IReadOnlyList<string> ListFiles(string directory);

    /// <summary>Names of the folders directly in a folder, in no order; none when it is missing.</summary>
    IReadOnlyList<string> ListDirectories(string directory);

    /// <summary>Removes an empty folder. Durable only after <see cref="SyncDirectory"/> of its parent.</summary>
    void DeleteDirectory(string path);

    /// <summary>Creates a new, empty file. Its name is durable only after <see cref="SyncDirectory"/>.</summary>
    IFile Create(string path);

    /// <summary>Opens an existing file for reading; others may write to it and delete it meanwhile.</summary>
    IFile OpenRead(string path);

    /// <summary>Renames over any existing file. Durable only after <see cref="SyncDirectory"/>.</summary>
    void Rename(string from, string to);

    void Delete(string path);

    /// <summary>Makes creations, renames and deletions of names in the folder durable.</summary>
    void SyncDirectory(string directory);

    /// <summary>Free bytes of the volume that holds the folder; null when it cannot be told.</summary>
    long? FreeBytes(string directory);
}

/// <summary>One open file.</summary>
public interface IFile : IDisposable
{
    long Length { get; }

    /// <summary>Writes all buffers one after the other. After a failure any part of them may be in the file.</summary>
    void Write(long offset, IReadOnlyList<ReadOnlyMemory<byte>> buffers);

    /// <summary>Reads up to the length of the buffer; 0 at the end of the file.</summary>
    int Read(long offset, Span<byte> buffer);

    /// <summary>
    /// Makes content and length durable (<c>fdatasync</c>). After a failure nothing is known about what was written since the last
    /// success, and calling again proves nothing: the system may have dropped the dirty pages.
    /// </summary>
    void Sync();
}
