namespace LogView.Server.Platform;

/// <summary>
/// Another file system without its changes: for looking at files that must stay as they are. Files are read, never mapped, so that a sector that cannot
/// be read is an <see cref="IOException"/> and not the end of the process.
/// </summary>
public sealed class ReadOnlyFiles(IFileSystem inner) : IFileSystem
{
    /// <summary>Nothing to do: whoever needs the folder finds out.</summary>
    public void CreateDirectory(string path)
    {
    }

    public IReadOnlyList<string> ListFiles(string directory) => inner.ListFiles(directory);

    public IReadOnlyList<string> ListDirectories(string directory) => inner.ListDirectories(directory);

    public void DeleteDirectory(string path) => throw Refused();

    public IFile Create(string path) => throw Refused();

    public IFile OpenRead(string path) => inner.OpenRead(path);

    public void Rename(string from, string to) => throw Refused();

    public void Delete(string path) => throw Refused();

    public void SyncDirectory(string directory) => throw Refused();

    public long? FreeBytes(string directory) => inner.FreeBytes(directory);

    private static IOException Refused() => new("Files are only looked at here");
}
