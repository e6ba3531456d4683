using LogView.Server.Platform;

namespace LogView.Server.Hosting.Starting;

/// <summary>The data folder, held by this process until disposed. The operating system lets go of it when the process dies.</summary>
public sealed class DataFolder : IDisposable
{
    /// <summary>What opening a locked file fails with: EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.</summary>
    private static readonly int[] HeldByAnother = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream _lock;

    private DataFolder(FileStream held) => _lock = held;

    /// <summary>Creates the folder (readable by its owner only) if it is not there, and takes it. Null with a sentence when that fails.</summary>
    public static DataFolder? TryTake(string path, out string? error)
    {
        try
        {
            Create(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error = $"--data: expected a folder that can be written, '{path}' cannot: {e.Message}";
            return null;
        }

        return TryLock(path, out error);
    }

    public void Dispose() => _lock.Dispose();

    private static DataFolder? TryLock(string path, out string? error)
    {
        try
        {
            FileStream held = new(Path.Combine(path, FileNames.Lock), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            error = null;
            return new DataFolder(held);
        }
        catch (IOException e) when (HeldByAnother.Contains(e.HResult))
        {
            error = $"the data folder '{path}' is in use by another LogView: stop that one or give this one a folder of its own with --data";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A read-only volume or a full one, among others.
            error = $"--data: expected a folder that can be written, '{path}' cannot: {e.Message}";
        }

        return null;
    }

    private static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
