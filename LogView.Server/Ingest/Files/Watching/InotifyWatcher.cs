using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace LogView.Server.Ingest.Files.Watching;

/// <summary>
/// inotify(7), one instance for all folders. .NET's own watcher takes an instance for each folder, of which a user has 128, and watches whole
/// trees where a pattern needs a few folders of them.
/// </summary>
internal sealed partial class InotifyWatcher : IFolderWatcher
{
    private const uint Modify = 0x2;
    private const uint Attributes = 0x4;
    private const uint CloseWrite = 0x8;
    private const uint MovedFrom = 0x40;
    private const uint MovedTo = 0x80;
    private const uint Create = 0x100;
    private const uint Delete = 0x200;
    private const uint DeleteSelf = 0x400;
    private const uint MoveSelf = 0x800;
    private const uint Overflow = 0x4000;
    private const uint Ignored = 0x8000;
    private const uint OnlyFolders = 0x0100_0000;
    private const uint Wanted = Modify | Attributes | CloseWrite | MovedFrom | MovedTo | Create | Delete | DeleteSelf | MoveSelf | OnlyFolders;
    private const short Readable = 1;
    private const int CloseOnExec = 0x80000;
    private const int EventHeaderBytes = 16;
    private const int BufferBytes = 64 * 1024;

    private readonly ChangeSet _changes;
    private readonly SafeFileHandle _inotify;
    private readonly Lock _gate = new();
    private readonly Dictionary<int, string> _folders = [];
    private readonly Dictionary<string, int> _watches = new(StringComparer.Ordinal);
    private readonly SafeFileHandle _doorbell;
    private readonly Thread _reader;
    private volatile bool _stopped;

    private InotifyWatcher(SafeFileHandle inotify, SafeFileHandle doorbell, ChangeSet changes)
    {
        (_inotify, _doorbell, _changes) = (inotify, doorbell, changes);
        _reader = new Thread(Read) { IsBackground = true, Name = "file changes" };
        _reader.Start();
    }

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _watches.Count;
            }
        }
    }

    /// <summary>Null when the system gives no inotify instance.</summary>
    public static InotifyWatcher? TryStart(ChangeSet changes)
    {
        SafeFileHandle inotify = new(InotifyInit(CloseOnExec), ownsHandle: true);
        SafeFileHandle doorbell = new(EventFd(0, CloseOnExec), ownsHandle: true);
        if (!inotify.IsInvalid && !doorbell.IsInvalid)
        {
            return new InotifyWatcher(inotify, doorbell, changes);
        }

        inotify.Dispose();
        doorbell.Dispose();
        return null;
    }

    public void Watch(IReadOnlySet<string> folders)
    {
        lock (_gate)
        {
            foreach (string gone in _watches.Keys.Where(f => !folders.Contains(f)).ToList())
            {
                RemoveWatch(_inotify, _watches[gone]);
                _folders.Remove(_watches[gone]);
                _watches.Remove(gone);
            }

            foreach (string folder in folders)
            {
                AddWatch(folder);
            }
        }
    }

    public void Dispose()
    {
        if (_stopped)
        {
            return;
        }

        _stopped = true;
        Span<byte> one = [1, 0, 0, 0, 0, 0, 0, 0];
        WriteBytes(_doorbell, ref MemoryMarshal.GetReference(one), one.Length);
        _reader.Join();
        _inotify.Dispose();
        _doorbell.Dispose();
    }

    private void AddWatch(string folder)
    {
        int watch = InotifyAddWatch(_inotify, folder, Wanted);
        if (watch < 0)
        {
            return;
        }

        // The kernel gives the same number for the same folder: adding again is how a folder that was replaced is noticed.
        if (_watches.TryGetValue(folder, out int before) && before != watch)
        {
            _folders.Remove(before);
        }

        _watches[folder] = watch;
        _folders[watch] = folder;
    }

    private void Read()
    {
        Span<byte> buffer = new byte[BufferBytes];
        Span<PollFd> both = [new PollFd(_inotify, Readable), new PollFd(_doorbell, Readable)];
        while (!_stopped)
        {
            // Sleeps until the kernel reports something or Dispose rings.
            int ready = Poll(ref MemoryMarshal.GetReference(both), both.Length, timeout: -1);
            if (ready <= 0 || both[0].Returned == 0)
            {
                continue;
            }

            nint length = ReadEvents(_inotify, ref MemoryMarshal.GetReference(buffer), BufferBytes);
            if (length > 0)
            {
                Report(buffer[..(int)length]);
            }
        }
    }

    private void Report(ReadOnlySpan<byte> events)
    {
        while (events.Length >= EventHeaderBytes)
        {
            int watch = MemoryMarshal.Read<int>(events);
            uint mask = MemoryMarshal.Read<uint>(events[4..]);
            int nameLength = MemoryMarshal.Read<int>(events[12..]);
            ReadOnlySpan<byte> name = events.Slice(EventHeaderBytes, nameLength);
            ReportOne(watch, mask, Encoding.UTF8.GetString(name.TrimEnd((byte)0)));
            events = events[(EventHeaderBytes + nameLength)..];
        }
    }

    private void ReportOne(int watch, uint mask, string name)
    {
        if ((mask & Overflow) != 0)
        {
            _changes.AddLost();
            return;
        }

        string? folder;
        lock (_gate)
        {
            if (_folders.TryGetValue(watch, out folder) && (mask & Ignored) != 0)
            {
                _folders.Remove(watch);
                _watches.Remove(folder);
            }
        }

        if (folder is not null)
        {
            _changes.Add(name.Length == 0 ? folder : Path.Combine(folder, name));
        }
    }

    /// <summary>struct pollfd of poll(2). The handles outlive the thread that polls them.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct PollFd(SafeFileHandle handle, short events)
    {
        private readonly int _descriptor = (int)handle.DangerousGetHandle();
        private readonly short _events = events;
        public readonly short Returned;
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref PollFd descriptors, nint count, int timeout);

    [LibraryImport("libc", EntryPoint = "eventfd")]
    private static partial int EventFd(uint start, int flags);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint WriteBytes(SafeFileHandle handle, ref byte buffer, nint length);

    [LibraryImport("libc", EntryPoint = "inotify_init1")]
    private static partial int InotifyInit(int flags);

    [LibraryImport("libc", EntryPoint = "inotify_add_watch", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int InotifyAddWatch(SafeFileHandle inotify, string path, uint mask);

    [LibraryImport("libc", EntryPoint = "inotify_rm_watch")]
    private static partial int RemoveWatch(SafeFileHandle inotify, int watch);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint ReadEvents(SafeFileHandle inotify, ref byte buffer, nint length);
}
