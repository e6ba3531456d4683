using LogView.Server.Platform;

namespace LogView.Tests.Platform;

/// <summary>
/// A file system in memory that keeps apart what was written and what is durable, as POSIX allows: it counts every operation and spoils the n-th.
/// A failed sync loses the dirty pages, as Linux does.
/// </summary>
public sealed class FaultyFileSystem : IFileSystem
{
    private readonly Lock _lock = new();
    private Dictionary<string, FaultyNode> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FaultyNode> _durableNames = new(StringComparer.Ordinal);

    /// <summary>Changes of names since the last sync of their folder, in order.</summary>
    private readonly List<(string Folder, Action<Dictionary<string, FaultyNode>> Change)> _unsyncedNames = [];
    private int _faultAt = -1;
    private Fault _fault;
    private bool _stopped;

    public int Operations { get; private set; }

    /// <summary>Bytes that fit; writes past it fail as on a full disk.</summary>
    public long Capacity { get; set; } = long.MaxValue;

    /// <summary>What <see cref="FreeBytes"/> says; null: it cannot tell.</summary>
    public long? Free { get; set; }

    /// <summary>Deleting fails, as on a folder that somebody holds.</summary>
    public bool RefuseDeletes { get; set; }

    public void SpoilOperation(int number, Fault fault) => (_faultAt, _fault) = (number, fault);

    /// <summary>The machine starts again, on what survived.</summary>
    /// <param name="survives">What that is.</param>
    /// <param name="seed">Chooses where there is a choice.</param>
    public void Restart(Survives survives, int seed = 0)
    {
        lock (_lock)
        {
            var random = new Random(seed);
            foreach ((_, Action<Dictionary<string, FaultyNode>> change) in _unsyncedNames)
            {
                if (survives is Survives.Everything or Survives.HalfOfUnsynced || (survives == Survives.SomeOfUnsynced && random.Next(2) == 0))
                {
                    change(_durableNames);
                }
            }

            _unsyncedNames.Clear();
            _names = new Dictionary<string, FaultyNode>(_durableNames, StringComparer.Ordinal);
            foreach (FaultyNode node in _names.Values.Distinct())
            {
                node.Restart(survives, random);
            }

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
        var node = new FaultyNode();
        Do(() =>
        {
            if (_names.ContainsKey(path))
            {
                throw new IOException($"{path} is there already");
            }

            Rename(path, names => names[path] = node);
        });
        return new OpenFile(this, node);
    }

    public IFile OpenRead(string path)
    {
        lock (_lock)
        {
            ThrowIfStopped();
            return _names.TryGetValue(path, out FaultyNode? node) ? new OpenFile(this, node) : throw new FileNotFoundException(path);
        }
    }

    public void Rename(string from, string to) => Do(() =>
    {
        FaultyNode node = _names[from];
        Rename(to, names =>
        {
            names[to] = node;
            names.Remove(from);
        });
    });

    public void Delete(string path) => Do(() =>
    {
        if (RefuseDeletes)
        {
            throw new IOException($"{path} cannot be deleted");
        }

        Rename(path, names => names.Remove(path));
    });

    public void SyncDirectory(string directory) => Do(
        () =>
        {
            foreach ((_, Action<Dictionary<string, FaultyNode>> change) in _unsyncedNames.Where(n => n.Folder == directory))
            {
                change(_durableNames);
            }

            _unsyncedNames.RemoveAll(n => n.Folder == directory);
        },
        isSync: true);

    public long? FreeBytes(string directory) => Free;

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

    private void Rename(string path, Action<Dictionary<string, FaultyNode>> change)
    {
        change(_names);
        _unsyncedNames.Add((Path.GetDirectoryName(path)!, change));
    }

    private void Do(Action operation, Action? half = null, bool isSync = false)
    {
        lock (_lock)
        {
            ThrowIfStopped();
            bool spoiled = Operations++ == _faultAt;
            if (!spoiled || _fault == Fault.Forget)
            {
                if (!spoiled || !isSync)
                {
                    operation();
                }

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

    private sealed class OpenFile(FaultyFileSystem owner, FaultyNode node) : IFile
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
                owner.Do(node.Sync, isSync: true);
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
