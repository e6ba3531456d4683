using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LogView.Benchmarks.Storage;

/// <summary>Takes files out of the system's page cache, so that a cold disk is measured. Linux only; nothing may have the files mapped.</summary>
internal static partial class PageCache
{
    private const int DontNeed = 4;

    public static void Drop(string folder)
    {
        foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            RandomAccess.FlushToDisk(file);
            if (Advise(file, 0, 0, DontNeed) is not 0 and var error)
            {
                throw new InvalidOperationException($"posix_fadvise answered {error}");
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int Advise(SafeFileHandle file, long offset, long length, int advice);
}
