using LogView.Server.Platform;

namespace LogView.Tests.Platform;

/// <summary>What happens at the n-th operation.</summary>
public enum Fault
{
    /// <summary>The operation does nothing and throws; later ones work.</summary>
    Fail,

    /// <summary>The operation happens and throws all the same; later ones work.</summary>
    FailAfter,

    /// <summary>The machine stops before the operation.</summary>
    Stop,

    /// <summary>The machine stops in the middle: of a write the first half arrives.</summary>
    Tear,
}

/// <summary>What a machine finds after it stopped.</summary>
public enum Survives
{
    /// <summary>Only what was synced: contents by a file sync, names by a sync of their folder.</summary>
    OnlySynced,

    /// <summary>Everything that was written, as after <c>kill -9</c>.</summary>
    Everything,

    /// <summary>What was synced, and of each unsynced write its first half; unsynced names are there.</summary>
    HalfOfUnsynced,
}

/// <summary>
/// A file system in memory that keeps apart what was written and what is durable, as POSIX allows: it counts every operation and spoils the n-th.
/// A failed sync loses the dirty pages, as Linux does.
/// </summary>
public sealed class FaultyFileSystem : IFileSystem
{
    private readonly Lock _lock = new();
    private Dictionary<string, Node> _names = new(StringComparer.Ordinal);
    private Dictionary<string, Node> _durableNames = new(StringComparer.Ordinal);
    private int _faultAt = -1;
    private Fault _fault;
    private bool _stopped;

    public int Operations { get; private set; }

    /// <summary>Bytes that fit; writes past it fail as on a full disk.</summary>
    public long Capacity { get; set; } = long.MaxValue;

    public void SpoilOperation(int number, Fault fault) => (_faultAt, _fault) = (number, fault);

    /// <summary>The machine starts again, on what survived.</summary>
    public void Restart(Survives survives)
    {
        lock (_lock)
        {
            if (survives == Survives.OnlySynced)
            {
                _names = new Dictionary<string, Node>(_durableNames, StringComparer.Ordinal);
            }

            foreach (Node node in _names.Values)
            {
                node.Restart(survives);
            }

            _durableNames = new Dictionary<string, Node>(_names, StringComparer.Ordinal);
            (_stopped, _faultAt, Operations) = (false, -1, 0);
        }
    }

    public void CreateDirectory(string path)
    {
    }

    public IReadOnlyList<string> ListFiles(string directory)
    {
        lock (_lock)
        {
            ThrowIfStopped();
            return [.. _names.Keys.Where(p => Path.GetDirectoryName(p) == directory).Select(p => Path.GetFileName(p))];
        }
    }

    /// <summary>Folders are where there are files below them.</summary>
    public IReadOnlyList<string> ListDirectories(string directory)
    {
        lock (_lock)
        {
            ThrowIfStopped();
            string below = directory + Path.DirectorySeparatorChar;
            return [.. _names.Keys.Where(p => p.StartsWith(below, StringComparison.Ordinal) && Path.GetDirectoryName(p) != directory)
                .Select(p => p[below.Length..p.IndexOf(Path.DirectorySeparatorChar, below.Length)]).Distinct()];
        }
    }

    public void DeleteDirectory(string path)
    {
    }

    public IFile Create(string path)
    {
        var node = new Node();
        Do(() => _names.Add(path, node));
        return new OpenFile(this, node);
    }

    public IFile OpenRead(string path)
    {
        lock (_lock)
        {
            ThrowIfStopped();
            return _names.TryGetValue(path, out Node? node) ? new OpenFile(this, node) : throw new FileNotFoundException(path);
        }
    }

    public void Rename(string from, string to) => Do(() =>
    {
        _names[to] = _names[from];
        _names.Remove(from);
    });

    public void Delete(string path) => Do(() => _names.Remove(path));

    public void SyncDirectory(string directory) => Do(() =>
    {
        foreach (string gone in _durableNames.Keys.Except(_names.Keys).ToList())
        {
            _durableNames.Remove(gone);
        }

        foreach ((string path, Node node) in _names.Where(n => Path.GetDirectoryName(n.Key) == directory))
        {
            _durableNames[path] = node;
        }
    });

    public long? FreeBytes(string directory) => null;

    /// <summary>Changes bytes of a file as a rotten disk does.</summary>
    public void Rot(string path, long offset, int count)
    {
        lock (_lock)
        {
            _names[path].Rot(offset, count);
        }
    }

    public long LengthOf(string path)
    {
        lock (_lock)
        {
            return _names[path].Written.Length;
        }
    }

    private void Do(Action operation, Action? half = null)
    {
        lock (_lock)
        {
            ThrowIfStopped();
            if (Operations++ != _faultAt)
            {
                operation();
                return;
            }

            if (_fault == Fault.FailAfter)
            {
                operation();
            }
            else if (_fault == Fault.Tear)
            {
                half?.Invoke();
            }

            _stopped = _fault is Fault.Stop or Fault.Tear;
            throw new IOException($"Operation {_faultAt}: {_fault}");
        }
    }

    private void ThrowIfStopped()
    {
        if (_stopped)
        {
            throw new IOException("The machine has stopped.");
        }
    }

    private void CheckRoom(long more)
    {
        if (_names.Values.Sum(n => (long)n.Written.Length) + more > Capacity)
        {
            throw new IOException("No space left on device");
        }
    }

    private sealed class Node
    {
        private readonly List<(long Offset, byte[] Bytes)> _unsynced = [];
        private byte[] _durable = [];

        public byte[] Written { get; private set; } = [];

        public void Write(long offset, byte[] bytes)
        {
            Written = Apply(Written, offset, bytes);
            _unsynced.Add((offset, bytes));
        }

        public void Sync()
        {
            foreach ((long offset, byte[] bytes) in _unsynced)
            {
                _durable = Apply(_durable, offset, bytes);
            }

            _unsynced.Clear();
        }

        public void LoseUnsynced() => _unsynced.Clear();

        public void Restart(Survives survives)
        {
            if (survives == Survives.HalfOfUnsynced)
            {
                foreach ((long offset, byte[] bytes) in _unsynced)
                {
                    _durable = Apply(_durable, offset, bytes[..(bytes.Length / 2)]);
                }
            }

            Written = survives == Survives.Everything ? Written : _durable;
            _durable = Written;
            _unsynced.Clear();
        }

        public void Rot(long offset, int count)
        {
            byte[] rotten = [.. Written];
            for (long i = offset; i < offset + count; i++)
            {
                rotten[i] ^= 0x5A;
            }

            Written = _durable = rotten;
        }

        private static byte[] Apply(byte[] content, long offset, byte[] bytes)
        {
            byte[] changed = new byte[Math.Max(content.Length, offset + bytes.Length)];
            content.CopyTo(changed, 0);
            bytes.CopyTo(changed, offset);
            return changed;
        }
    }

    private sealed class OpenFile(FaultyFileSystem owner, Node node) : IFile
    {
        public long Length => node.Written.Length;

        public void Write(long offset, IReadOnlyList<ReadOnlyMemory<byte>> buffers)
        {
            byte[] bytes = [.. buffers.SelectMany(b => b.ToArray())];
            owner.Do(
                () =>
                {
                    owner.CheckRoom(bytes.Length);
                    node.Write(offset, bytes);
                },
                half: () => node.Write(offset, bytes[..(bytes.Length / 2)]));
        }

        public int Read(long offset, Span<byte> buffer)
        {
            lock (owner._lock)
            {
                owner.ThrowIfStopped();
                int count = (int)Math.Clamp(node.Written.Length - offset, 0, buffer.Length);
                node.Written.AsSpan((int)offset, count).CopyTo(buffer);
                return count;
            }
        }

        public void Sync()
        {
            try
            {
                owner.Do(node.Sync);
            }
            catch (IOException)
            {
                if (!owner._stopped)
                {
                    node.LoseUnsynced();
                }

                throw;
            }
        }

        public void Dispose()
        {
        }
    }
}
