using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using LogView.Server.Platform;

namespace LogView.Server.Storage.Embedded.Format;

/// <summary>The bytes of an immutable file: mapped from disk, or copied where a test's file system has no path that can be mapped.</summary>
internal sealed unsafe class FileBytes : IDisposable
{
    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;
    private GCHandle _pinned;
    private byte* _start;

    private FileBytes(MemoryMappedFile file, long length)
    {
        _file = file;
        Length = length;
        _view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
    }

    private FileBytes(byte[] copy)
    {
        Length = copy.Length;
        _pinned = GCHandle.Alloc(copy, GCHandleType.Pinned);
        _start = (byte*)_pinned.AddrOfPinnedObject();
    }

    public long Length { get; }

    public static FileBytes Open(IFileSystem files, string path)
    {
        if (files is not DiskFileSystem)
        {
            return new FileBytes(ReadAll(files, path));
        }

        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1);
        if (stream.Length == 0)
        {
            stream.Dispose();
            return new FileBytes([]);
        }

        return new FileBytes(
            MemoryMappedFile.CreateFromFile(stream, mapName: null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false), stream.Length);
    }

    /// <summary>The caller keeps the file referenced as long as it uses the span and has checked the bounds.</summary>
    public ReadOnlySpan<byte> Span(long offset, int length) => new(_start + offset, length);

    public void Dispose()
    {
        if (_start is null)
        {
            return;
        }

        _start = null;
        _view?.SafeMemoryMappedViewHandle.ReleasePointer();
        _view?.Dispose();
        _file?.Dispose();
        if (_pinned.IsAllocated)
        {
            _pinned.Free();
        }
    }

    private static byte[] ReadAll(IFileSystem files, string path)
    {
        using IFile file = files.OpenRead(path);
        var bytes = new byte[file.Length];
        for (int done = 0; done < bytes.Length;)
        {
            int read = file.Read(done, bytes.AsSpan(done));
            if (read == 0)
            {
                throw new DamagedFileException("the file became shorter while it was read") { Path = path };
            }

            done += read;
        }

        return bytes;
    }
}
