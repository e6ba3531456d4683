using System.Buffers.Binary;
using System.Runtime.InteropServices;
using LogView.Client.Contracts.Events;
using Microsoft.Win32.SafeHandles;

namespace LogView.Server.Ingest.Files.Finding;

/// <summary>What tells a file from another of the same name: device and inode, or volume and file index on Windows.</summary>
internal readonly record struct FileIdentity(ulong Device, ulong Inode);

/// <param name="Identity">Stays through renames.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Links">Names it has; 0 after it was deleted.</param>
/// <param name="IsRegular">False for folders, pipes, sockets and devices: opening those can hang.</param>
/// <param name="ModifiedNanoseconds">Since 1970.</param>
internal readonly record struct FileFacts(FileIdentity Identity, long Size, long Links, bool IsRegular, long ModifiedNanoseconds)
{
    /// <summary>Of the file a path leads to (links followed); null when there is none or it cannot be seen.</summary>
    public static FileFacts? Of(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            return LinuxStat.Of(path);
        }

        try
        {
            using SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return Of(handle);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Of an open file, whatever it is called by now.</summary>
    public static FileFacts? Of(SafeFileHandle handle) =>
        OperatingSystem.IsLinux() ? LinuxStat.Of(handle)
        : OperatingSystem.IsWindows() ? WindowsStat.Of(handle)
        : new FileFacts(Elsewhere(handle), RandomAccess.GetLength(handle), 1, IsRegular: true, Modified(handle));

    /// <summary>Where no inode can be had, the time of creation takes its place: it stays through renames too.</summary>
    private static FileIdentity Elsewhere(SafeFileHandle handle) => new(0, (ulong)File.GetCreationTimeUtc(handle).Ticks);

    private static long Modified(SafeFileHandle handle) => Timestamp.From(new DateTimeOffset(File.GetLastWriteTimeUtc(handle))).UnixNanoseconds;
}

/// <summary>statx(2): the one stat call whose layout is the same on every architecture.</summary>
internal static partial class LinuxStat
{
    private const int CurrentFolder = -100;
    private const int EmptyPath = 0x1000;
    private const uint BasicStats = 0x7ff;
    private const int StructBytes = 256;
    private const int TypeMask = 0xF000;
    private const int RegularFile = 0x8000;

    public static FileFacts? Of(string path) => Read(CurrentFolder, path, 0);

    public static FileFacts? Of(SafeFileHandle handle)
    {
        bool added = false;
        try
        {
            handle.DangerousAddRef(ref added);
            return Read((int)handle.DangerousGetHandle(), "", EmptyPath);
        }
        finally
        {
            if (added)
            {
                handle.DangerousRelease();
            }
        }
    }

    private static FileFacts? Read(int folder, string path, int flags)
    {
        Span<byte> stat = stackalloc byte[StructBytes];
        if (Statx(folder, path, flags, BasicStats, ref MemoryMarshal.GetReference(stat)) != 0)
        {
            return null;
        }

        uint links = MemoryMarshal.Read<uint>(stat[16..]);
        ushort mode = MemoryMarshal.Read<ushort>(stat[28..]);
        ulong inode = MemoryMarshal.Read<ulong>(stat[32..]);
        long size = MemoryMarshal.Read<long>(stat[40..]);
        long modified = MemoryMarshal.Read<long>(stat[112..]) * Timestamp.NanosecondsPerSecond + MemoryMarshal.Read<uint>(stat[120..]);
        ulong device = ((ulong)MemoryMarshal.Read<uint>(stat[136..]) << 32) | MemoryMarshal.Read<uint>(stat[140..]);
        return new FileFacts(new FileIdentity(device, inode), size, links, (mode & TypeMask) == RegularFile, modified);
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte stat);
}

/// <summary>GetFileInformationByHandle: volume and index, which NTFS keeps through renames.</summary>
internal static partial class WindowsStat
{
    private const int StructBytes = 52;
    private const uint Folder = 0x10;
    private const long FileTimeOfUnixEpoch = 116_444_736_000_000_000;

    public static FileFacts? Of(SafeFileHandle handle)
    {
        Span<byte> info = stackalloc byte[StructBytes];
        if (GetFileInformationByHandle(handle, ref MemoryMarshal.GetReference(info)) == 0)
        {
            return null;
        }

        uint attributes = BinaryPrimitives.ReadUInt32LittleEndian(info);
        long written = BinaryPrimitives.ReadInt64LittleEndian(info[20..]);
        uint volume = BinaryPrimitives.ReadUInt32LittleEndian(info[28..]);
        long size = ((long)BinaryPrimitives.ReadUInt32LittleEndian(info[32..]) << 32) | BinaryPrimitives.ReadUInt32LittleEndian(info[36..]);
        uint links = BinaryPrimitives.ReadUInt32LittleEndian(info[40..]);
        ulong index = ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(info[44..]) << 32) | BinaryPrimitives.ReadUInt32LittleEndian(info[48..]);
        long modified = (written - FileTimeOfUnixEpoch) * 100;
        return new FileFacts(new FileIdentity(volume, index), size, links, (attributes & Folder) == 0, modified);
    }

    [LibraryImport("kernel32")]
    private static partial int GetFileInformationByHandle(SafeFileHandle handle, ref byte info);
}
