using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LogView.Server.Platform;

/// <summary>The machine's file system.</summary>
public sealed class DiskFileSystem : IFileSystem
{
    public static readonly DiskFileSystem Instance = new();

    public void CreateDirectory(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        string? parent = Path.GetDirectoryName(Path.GetFullPath(path));
        if (parent is not null)
        {
            CreateDirectory(parent);
        }

        Directory.CreateDirectory(path);
        if (parent is not null)
        {
            SyncDirectory(parent);
        }
    }

    public IReadOnlyList<string> ListFiles(string directory) =>
        Directory.Exists(directory) ? [.. Directory.EnumerateFiles(directory).Select(p => Path.GetFileName(p))] : [];

    public IReadOnlyList<string> ListDirectories(string directory) =>
        Directory.Exists(directory) ? [.. Directory.EnumerateDirectories(directory).Select(p => Path.GetFileName(p))] : [];

    public void DeleteDirectory(string path) => Directory.Delete(path, recursive: false);

    public IFile Create(string path) =>
        new DiskFile(File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete), isWritable: true);

    public IFile OpenRead(string path) =>
        new DiskFile(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan), isWritable: false);

    public void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    public void Delete(string path) => File.Delete(path);

    public void SyncDirectory(string directory)
    {
        // NTFS journals names by itself and has no call for it.
        if (!OperatingSystem.IsWindows())
        {
            Posix.SyncDirectory(directory);
        }
    }

    public long? FreeBytes(string directory)
    {
        try
        {
            return new DriveInfo(Path.GetFullPath(directory)).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private sealed class DiskFile(SafeFileHandle handle, bool isWritable) : IFile
    {
        public long Length => RandomAccess.GetLength(handle);

        public void Write(long offset, IReadOnlyList<ReadOnlyMemory<byte>> buffers) => RandomAccess.Write(handle, buffers, offset);

        public int Read(long offset, Span<byte> buffer) => RandomAccess.Read(handle, buffer, offset);

        public void Sync()
        {
            if (OperatingSystem.IsLinux())
            {
                Posix.SyncData(handle);
            }
            else if (isWritable || !OperatingSystem.IsWindows())
            {
                // Windows flushes through writable handles only.
                RandomAccess.FlushToDisk(handle);
            }
        }

        public void Dispose() => handle.Dispose();
    }
}

/// <summary>What .NET has no call for.</summary>
internal static partial class Posix
{
    private const int ReadOnly = 0;
    private const int Interrupted = 4;

    /// <summary>Like <see cref="RandomAccess.FlushToDisk"/> but leaves times alone, which saves a journal write.</summary>
    public static void SyncData(SafeFileHandle handle)
    {
        while (fdatasync(handle) != 0)
        {
            ThrowUnlessInterrupted("fdatasync");
        }
    }

    /// <summary>.NET refuses to open folders, and only an open one can be synced.</summary>
    public static void SyncDirectory(string path)
    {
        using SafeFileHandle handle = open(path, ReadOnly, 0);
        if (handle.IsInvalid)
        {
            throw Failure($"open {path}");
        }

        while (fsync(handle) != 0)
        {
            ThrowUnlessInterrupted($"fsync {path}");
        }
    }

    private static void ThrowUnlessInterrupted(string operation)
    {
        if (Marshal.GetLastPInvokeError() != Interrupted)
        {
            throw Failure(operation);
        }
    }

    private static IOException Failure(string operation)
    {
        int error = Marshal.GetLastPInvokeError();
        return new IOException($"{operation}: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fdatasync(SafeFileHandle handle);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(SafeFileHandle handle);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle open(string path, int flags, int mode);
}
