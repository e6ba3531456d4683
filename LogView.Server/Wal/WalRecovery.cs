using LogView.Server.Platform;

namespace LogView.Server.Wal;

/// <param name="Segments">The files that hold events, and the empty ones that are intact.</param>
/// <param name="NextSequence">Of the next event.</param>
/// <param name="NextFileNumber">Of the next file: recovery never writes to an old one.</param>
/// <param name="Damages">What was lost.</param>
internal sealed record RecoveredLog(IReadOnlyList<WalSegment> Segments, long NextSequence, long NextFileNumber, IReadOnlyList<WalDamage> Damages);

/// <summary>
/// Reads the files of earlier runs: which events there are, what is damaged, which ids shippers gave. The files stay as they are: a torn tail is
/// cut for good by the first sequence in the header of the file that follows.
/// </summary>
internal sealed class WalRecovery(IFileSystem fileSystem, string directory, RecentIds recentIds, ILogger logger)
{
    private readonly WalQuarantine _quarantine = new(fileSystem, directory, logger);
    private readonly List<WalSegment> _segments = [];
    private long _expected;

    /// <param name="knownSequence">Events up to it are searchable; their ids need not be remembered.</param>
    /// <param name="lastSequence">New events begin behind it.</param>
    public RecoveredLog Run(long knownSequence, long lastSequence)
    {
        fileSystem.CreateDirectory(directory);
        List<LogFile> files = ListFiles();
        for (int i = 0; i < files.Count; i++)
        {
            ReadFile(files[i], files.Skip(i + 1).FirstOrDefault(f => f.FirstSequence is not null)?.FirstSequence, knownSequence);
        }

        long next = Math.Max(Math.Max(_expected, 1), lastSequence + 1);
        return new RecoveredLog(_segments, next, files.Count == 0 ? 1 : files[^1].Number + 1, _quarantine.Damages);
    }

    private List<LogFile> ListFiles() =>
    [
        .. fileSystem.ListFiles(directory)
            .Select(name => (Name: name, Number: FileNames.WalSegmentNumber(name)))
            .Where(f => f.Number is not null)
            .OrderBy(f => f.Number)
            .Select(f => new LogFile(f.Name, f.Number!.Value, FirstSequenceOf(f.Name))),
    ];

    private long? FirstSequenceOf(string name)
    {
        using IFile file = fileSystem.OpenRead(Path.Combine(directory, name));
        byte[] header = new byte[WalFormat.FileHeaderBytes];
        return WalFormat.ReadFileHeader(header.AsSpan(0, file.Read(0, header)));
    }

    private void ReadFile(LogFile file, long? nextFileStartsAt, long knownSequence)
    {
        string path = Path.Combine(directory, file.Name);
        using IFile open = fileSystem.OpenRead(path);
        // What a killed process wrote may be in the page cache only, and is about to count as durable.
        open.Sync();
        FileScan scan = Scan(open, nextFileStartsAt ?? long.MaxValue, knownSequence);
        if (file.FirstSequence is null && scan.First == 0)
        {
            if (open.Length > WalFormat.FileHeaderBytes)
            {
                // The header is durable before anything follows it: there were events, and nobody knows how many.
                _quarantine.Report(file.Name, open, 0, open.Length, missing: 0);
            }
            else
            {
                // Its creation was not finished.
                WalLog.FileIgnored(logger, file.Name, open.Length);
            }

            return;
        }

        Report(file, open, scan, nextFileStartsAt, knownSequence);
        long first = file.FirstSequence ?? scan.First;
        long last = Math.Max(scan.Last, first - 1);
        _segments.Add(new WalSegment(path, first, last, scan.End));
        _expected = Math.Max(_expected, last + 1);
    }

    private FileScan Scan(IFile open, long bound, long knownSequence)
    {
        var scan = new FileScan { End = Math.Min(open.Length, WalFormat.FileHeaderBytes) };
        var scanner = new FrameScanner(open, open.Length);
        while (scanner.TryNext(out Scanned scanned))
        {
            if (scanned.Header is not { } header)
            {
                scan.Pending.Add(scanned);
                continue;
            }

            if (header.FirstSequence >= bound)
            {
                break;
            }

            recentIds.Remember(header, scanned.Payload, knownSequence);
            scan.Accept(scanned, header);
        }

        return scan;
    }

    private void Report(LogFile file, IFile open, FileScan scan, long? nextFileStartsAt, long knownSequence)
    {
        if (file.FirstSequence is null)
        {
            _quarantine.Report(file.Name, open, 0, WalFormat.FileHeaderBytes, missing: 0);
        }

        long first = file.FirstSequence ?? scan.First;
        long reached = Math.Max(_expected, knownSequence + 1);
        if (_expected > 0 && first > reached)
        {
            _quarantine.ReportGap(file.Name, 0, first - reached);
        }

        foreach ((Scanned damage, long missing) in scan.Damages)
        {
            // Part of the last group: the machine stopped before its fsync ended, nobody was told these were safe.
            bool torn = nextFileStartsAt is null && damage.Offset >= scan.LastGroup;
            if (torn)
            {
                WalLog.TailCut(logger, file.Name, damage.Offset, damage.Bytes);
            }
            else
            {
                _quarantine.Report(file.Name, open, damage.Offset, damage.Bytes, missing);
            }
        }

        ReportTail(file, open, scan, nextFileStartsAt);
    }

    private void ReportTail(LogFile file, IFile open, FileScan scan, long? nextFileStartsAt)
    {
        long reached = Math.Max(scan.Last + 1, file.FirstSequence ?? scan.First);
        foreach (Scanned damage in scan.Pending)
        {
            if (nextFileStartsAt is { } next && next > reached)
            {
                _quarantine.Report(file.Name, open, damage.Offset, damage.Bytes, missing: 0);
            }
            else if (nextFileStartsAt is null)
            {
                // Of older files it was said at the start that cut it.
                WalLog.TailCut(logger, file.Name, damage.Offset, damage.Bytes);
            }
        }
    }

    private sealed record LogFile(string Name, long Number, long? FirstSequence);

    private sealed class FileScan
    {
        /// <summary>Damages with undamaged frames behind them, and the events missing there.</summary>
        public List<(Scanned Damage, long Missing)> Damages { get; } = [];

        /// <summary>Damages with nothing behind them yet.</summary>
        public List<Scanned> Pending { get; } = [];

        public long First { get; private set; }

        public long Last { get; private set; }

        public long LastGroup { get; private set; } = long.MaxValue;

        public long End { get; set; }

        public void Accept(in Scanned scanned, in FrameHeader header)
        {
            long missing = Last > 0 ? header.FirstSequence - Last - 1 : 0;
            for (int i = 0; i < Pending.Count; i++)
            {
                Damages.Add((Pending[i], i == 0 ? missing : 0));
            }

            Pending.Clear();
            First = First == 0 ? header.FirstSequence : First;
            Last = header.LastSequence;
            LastGroup = scanned.Offset - header.BytesIntoGroup;
            End = scanned.Offset + scanned.Bytes;
        }
    }
}
