using LogView.Client.Contracts.Events;
using LogView.Server.Platform;
using LogView.Server.Storage.Embedded.Format;
using LogView.Server.Storage.Embedded.Partitions;

namespace LogView.Server.Storage.Embedded.Checking;

/// <summary>Looks through a store that nobody has open and changes nothing.</summary>
public sealed class StoreCheck
{
    private readonly IFileSystem _files;
    private readonly string _root;
    private readonly List<string> _findings = [];

    /// <param name="files">Where the store is; only looked at.</param>
    /// <param name="folder">The store's own folder.</param>
    public StoreCheck(IFileSystem files, string folder) => (_files, _root) = (new ReadOnlyFiles(files), folder);

    /// <summary>What is wrong, one sentence each.</summary>
    public IReadOnlyList<string> Findings => _findings;

    public long Events { get; private set; }

    public int Segments { get; private set; }

    /// <summary>Up to where the log need not be read; 0 when that cannot be told.</summary>
    public long DurableSequence { get; private set; }

    /// <summary>Damaged files, by partition folder: what a repair has to look at.</summary>
    internal List<(DataStreamName Stream, string Partition, string Path)> Damaged { get; } = [];

    /// <summary>Segments that a manifest names and that are not there.</summary>
    internal List<(DataStreamName Stream, string Partition, string Name)> Missing { get; } = [];

    /// <summary>Reads everything. Throws <see cref="IOException"/> when the folder cannot be listed.</summary>
    public void Run()
    {
        StoreState state = StoreState.Read(_files, _root, out string? damage);
        DurableSequence = state.DurableSequence;
        if (damage is not null)
        {
            _findings.Add($"{StoreNames.State}: {damage}.");
        }

        foreach (string name in _files.ListDirectories(_root).Order(StringComparer.Ordinal))
        {
            if (!DataStreamName.TryParse(name, out DataStreamName stream, out _))
            {
                _findings.Add($"{name} is no folder of this store.");
                continue;
            }

            foreach (string key in _files.ListDirectories(Path.Combine(_root, name)).Order(StringComparer.Ordinal))
            {
                CheckPartition(stream, key);
            }
        }
    }

    private void CheckPartition(DataStreamName stream, string key)
    {
        string folder = Path.Combine(_root, stream.Value, key);
        if (!StoreNames.IsPartition(key))
        {
            _findings.Add($"{stream}/{key} is no folder of this store.");
            return;
        }

        IReadOnlyList<string> names = _files.ListFiles(folder);
        Manifest? manifest = ReadManifest(folder, $"{stream}/{key}");
        foreach (ManifestEntry missing in manifest?.Segments.Where(s => !names.Contains(s.Name, StringComparer.Ordinal)) ?? [])
        {
            _findings.Add($"{stream}/{key}/{missing.Name} is missing; the manifest lists it with {missing.Summary.Events} events.");
            Missing.Add((stream, key, missing.Name));
        }

        var seen = new Dictionary<long, string>();
        HashSet<string> listed = manifest?.Segments.Select(s => s.Name).ToHashSet(StringComparer.Ordinal) ?? [];
        foreach (string name in names.Where(n => StoreNames.NumberIn(n) > 0).OrderByDescending(listed.Contains).ThenBy(StoreNames.NumberIn))
        {
            CheckFile(stream, key, name, manifest, seen);
        }
    }

    private void CheckFile(DataStreamName stream, string key, string name, Manifest? manifest, Dictionary<long, string> seen)
    {
        string path = Path.Combine(_root, stream.Value, key, name);
        if (name.EndsWith(StoreNames.DamagedSuffix, StringComparison.Ordinal))
        {
            _findings.Add($"{stream}/{key}/{name} was set aside as damaged.");
            Damaged.Add((stream, key, path));
            return;
        }

        ManifestEntry? listed = manifest?.Segments.FirstOrDefault(s => string.Equals(s.Name, name, StringComparison.Ordinal));
        if (StoreNames.SegmentNumber(name) is null)
        {
            // What a crash left behind is cleared by the next start.
            return;
        }

        var check = new SegmentCheck(stream, key);
        check.Run(_files, path);
        if (manifest is not null && listed is null && check.Sequences.Count > 0 && check.Sequences.TrueForAll(seen.ContainsKey))
        {
            // The same of a merge: its events are in the files that the manifest names.
            return;
        }

        Segments++;
        Events += check.Sequences.Count;
        _findings.AddRange(check.Findings.Select(f => $"{stream}/{key}/{name}: {f}."));
        bool repeats = FindRepeats(check.Sequences, seen, $"{stream}/{key}/{name}");
        if (check.Findings.Count > 0 || (repeats && manifest is not null && listed is null))
        {
            Damaged.Add((stream, key, path));
        }

        if (listed is not null && check.Summary is { } summary && listed.Summary != summary)
        {
            _findings.Add($"{stream}/{key}/{name}: the manifest says something else of it than the file itself.");
        }
    }

    private bool FindRepeats(List<long> sequences, Dictionary<long, string> seen, string name)
    {
        IGrouping<string, long>[] repeats = [.. sequences.Where(s => !seen.TryAdd(s, name)).GroupBy(s => seen[s], StringComparer.Ordinal)];
        _findings.AddRange(repeats.Select(r => $"{name} has {r.Count()} events that are in {r.Key} too."));
        return repeats.Length > 0;
    }

    private Manifest? ReadManifest(string folder, string where)
    {
        try
        {
            if (Manifest.Read(_files, folder) is { } manifest)
            {
                return manifest;
            }

            _findings.Add($"{where} has no manifest; the next start makes one.");
        }
        catch (DamagedFileException e)
        {
            _findings.Add($"{where}: {e.Message}; the next start makes another manifest from the segments.");
        }

        return null;
    }
}
