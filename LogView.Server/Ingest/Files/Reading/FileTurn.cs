using LogView.Client.Contracts.Events;
using LogView.Server.Ingest.Files.Finding;
using LogView.Server.Ingest.Files.Joining;
using LogView.Server.Ingest.Files.State;
using LogView.Server.Ingest.Parsing;
using LogView.Server.Ingest.Parsing.Times;
using Microsoft.Win32.SafeHandles;

namespace LogView.Server.Ingest.Files.Reading;

internal enum TurnEnd : byte
{
    /// <summary>There is more to read.</summary>
    More,

    /// <summary>Read to its end for now.</summary>
    AtEnd,

    /// <summary>Nothing can be decided before what was sent is durable.</summary>
    Wait,

    /// <summary>A compressed file that is done.</summary>
    Finished,

    /// <summary>The path leads to another file by now.</summary>
    Moved,
}

/// <summary>Reads a bounded part of one file into the batch. Used by one thread; the buffer is shared by all files.</summary>
internal sealed class FileTurn(FileRegistry registry, EventBatch batch, TimeProvider clock, Func<string, SafeFileHandle> open) : ILines, IJoinedLines
{
    /// <summary>Of a file's start, for its layout.</summary>
    private const int SampleBytes = 64 * 1024;

    private readonly byte[] _buffer = new byte[FilesLimits.MaxLineBytes + FilesLimits.TurnBytes];
    private FollowedFile _file = null!;
    private TextTimeContext _context;
    private LineLayout _layout;

    /// <summary>Exceptions of the file system pass through: the caller reports and tries again later.</summary>
    public TurnEnd Run(FollowedFile file)
    {
        bool wasOpen = file.IsOpen;
        if (!file.TryOpen(open))
        {
            return TurnEnd.Moved;
        }

        Begin(file);
        if (file.IsCompressed && !wasOpen && !SkipKnownText())
        {
            return TurnEnd.More;
        }

        return file.IsCompressed ? ReadCompressed() : ReadPlain();
    }

    /// <summary>Ends what the file holds: nothing came for a while, or nothing will.</summary>
    public void Flush(FollowedFile file)
    {
        Begin(file);
        if (file.Rest.Length > 0)
        {
            file.Splitter.Finish(file.Rest, file.ReadOffset - file.Rest.Length, this);
        }

        file.DropRest();
        file.Joiner.Flush(this);
        file.Record.Cuts.Add(file.ReadOffset);
        registry.RequireSave();
    }

    /// <summary>As <see cref="Flush"/>, for an event that may not wait for its unfinished next line.</summary>
    public void FlushEvent(FollowedFile file)
    {
        Begin(file);
        file.Joiner.Flush(this);
        file.Record.Cuts.Add(file.ReadOffset - file.Rest.Length);
        registry.RequireSave();
    }

    void ILines.Take(ReadOnlySpan<byte> line, LineSpan span)
    {
        _file.LinesSeen++;
        _file.Joiner.Add(line, span, _layout, _context, this);
    }

    void IJoinedLines.Take(ReadOnlySpan<byte> text, LineSpan span) => batch.Add(_file, text, span, _layout, _context);

    private void Begin(FollowedFile file)
    {
        _file = file;
        Timestamp now = Timestamp.Now(clock);
        Timestamp modified = new(file.ModifiedNanoseconds);
        _context = new TextTimeContext(file.Source.Zone, file.ModifiedNanoseconds > 0 && modified < now ? modified : now);
        _layout = file.Record.Layout ?? new LineLayout(LineFormat.Auto);
    }

    private TurnEnd ReadPlain()
    {
        FileFacts facts = FileFacts.Of(_file.Handle!) ?? throw new IOException("the file cannot be examined");
        (_file.Size, _file.ModifiedNanoseconds) = (facts.Size, facts.ModifiedNanoseconds);
        Begin(_file);
        // A file that was closed meanwhile is checked by this too: its last bytes were kept.
        if (facts.Size < _file.ReadOffset || !_file.StillHasTail())
        {
            StartOver();
        }

        if (!Detect())
        {
            return TurnEnd.Wait;
        }

        int wanted = (int)Math.Min(FilesLimits.TurnBytes, NextCut() - _file.ReadOffset);
        _file.Rest.CopyTo(_buffer, 0);
        int read = RandomAccess.Read(_file.Handle!, _buffer.AsSpan(_file.Rest.Length, wanted), _file.ReadOffset);
        if (read > 0 && !_file.StillHasTail())
        {
            // Truncated between the check and the read: what was read belongs to the next life of the file.
            StartOver();
            return TurnEnd.More;
        }

        Split(read);
        return read == wanted ? TurnEnd.More : TurnEnd.AtEnd;
    }

    private TurnEnd ReadCompressed()
    {
        _file.Rest.CopyTo(_buffer, 0);
        int wanted = (int)Math.Min(FilesLimits.TurnBytes, NextCut() - _file.ReadOffset);
        int read = _file.Text!.ReadAtLeast(_buffer.AsSpan(_file.Rest.Length, wanted), wanted, throwOnEndOfStream: false);
        DetectFrom(_buffer.AsSpan(0, _file.Rest.Length + read));
        Split(read);
        if (read == wanted)
        {
            return TurnEnd.More;
        }

        _file.Size = _file.ReadOffset;
        Flush(_file);
        return TurnEnd.Finished;
    }

    /// <summary>
    /// Passes over text that was read before it was compressed. False: it turned out to be other text, so it is read from its beginning.
    /// </summary>
    private bool SkipKnownText()
    {
        FileAnchor anchor = _file.Record.Anchor;
        int kept = 0;
        bool first = _file.ReadOffset == _file.Record.Offset && _file.LinesSeen == 0;
        long left = first ? Math.Max(anchor.Position, _file.ReadOffset) : _file.ReadOffset;
        while (left > 0)
        {
            // The last bytes are kept at the front of the buffer while the next ones come in behind them.
            int wanted = (int)Math.Min(left, _buffer.Length - FileAnchor.MaxTail);
            int read = _file.Text!.ReadAtLeast(_buffer.AsSpan(kept, wanted), wanted, throwOnEndOfStream: false);
            left -= read;
            int have = kept + read;
            kept = Math.Min(have, FileAnchor.MaxTail);
            _buffer.AsSpan(have - kept, kept).CopyTo(_buffer);
            if (read < wanted)
            {
                break;
            }
        }

        bool known = left == 0 && (!first || anchor.FitsTail(_buffer.AsSpan(0, kept)));
        if (known && left == 0 && first && anchor.Position > _file.ReadOffset)
        {
            // Checked beyond the point to read from: back there, with nothing left to check.
            _file.Close();
            _file.Record.Anchor = FileAnchor.Empty;
            return false;
        }

        if (!known)
        {
            ReadFromStart(sameIds: left > 0);
        }

        return known;
    }

    /// <param name="sameIds">
    /// The text is shorter than what was read, so it was probably compressed a moment too early: what is the same is recognised by its ids. False: it
    /// is another text that begins alike.
    /// </param>
    private void ReadFromStart(bool sameIds)
    {
        FileRecord record = _file.Record;
        if (sameIds)
        {
            (record.Offset, record.Anchor) = (0, FileAnchor.Empty);
        }
        else
        {
            registry.Remove(record);
            record = registry.Add(record.Path, record.Identity);
        }

        _file.StartOver(record);
        _file.Close();
    }

    private void Split(int read)
    {
        ReadOnlySpan<byte> data = _buffer.AsSpan(0, _file.Rest.Length + read);
        if (read == 0)
        {
            return;
        }

        _file.GrewAt = clock.GetUtcNow();
        int done = _file.Splitter.Split(data, _file.ReadOffset - _file.Rest.Length, this);
        _file.Advance(data, done, read);
        if (_file.Record.Cuts.Contains(_file.ReadOffset))
        {
            Replay();
        }
    }

    /// <summary>An event was ended here before the restart; it has to end here again.</summary>
    private void Replay()
    {
        if (_file.Rest.Length > 0)
        {
            _file.Splitter.Finish(_file.Rest, _file.ReadOffset - _file.Rest.Length, this);
            _file.DropRest();
        }

        _file.Joiner.Flush(this);
    }

    private long NextCut()
    {
        long next = long.MaxValue;
        foreach (long cut in _file.Record.Cuts)
        {
            next = cut > _file.ReadOffset && cut < next ? cut : next;
        }

        return next;
    }

    /// <summary>The file is a new one now, of the same name and inode.</summary>
    private void StartOver()
    {
        FileRecord old = _file.Record;
        bool copied = _file.Copy is { } copy && copy.Size >= _file.ReadOffset;
        if (!copied)
        {
            Flush(_file);
        }

        FileRecord next = registry.Add(old.Path, old.Identity);
        FileRegistry.Unlink(old);
        _file.StartOver(next);
        Begin(_file);
    }

    /// <summary>Finds the layout from the first lines, and once more when there are enough of them. False: not now.</summary>
    private bool Detect()
    {
        bool first = _file.Record.Layout is null;
        bool again = _file.Record.IsProvisional && _file.LinesSeen >= LayoutDetector.EnoughLines;
        if (!first && !again)
        {
            return true;
        }

        if (again && _file.SafeOffset != _file.Record.Offset)
        {
            // The new layout may only meet lines that no event was made of yet.
            return false;
        }

        int read = RandomAccess.Read(_file.Handle!, _buffer.AsSpan(0, SampleBytes), 0);
        DetectFrom(_buffer.AsSpan(0, read));
        return true;
    }

    private void DetectFrom(ReadOnlySpan<byte> head)
    {
        bool first = _file.Record.Layout is null;
        bool again = _file.Record.IsProvisional && _file.LinesSeen >= LayoutDetector.EnoughLines && !_file.IsCompressed;
        if (!first && !again)
        {
            return;
        }

        SampleLines sample = new();
        new LineSplitter(_file.Source.Encoding).Split(head, 0, sample);
        LineFormat configured = _file.Source.Options.Format;
        LineLayout found = LayoutDetector.Detect(sample.Lines, _context);
        _layout = configured == LineFormat.Auto ? found : found with { Format = configured };
        _file.Record.Layout = sample.Lines.Count > 0 ? _layout : null;
        _file.Record.IsProvisional = first && sample.Lines.Count < LayoutDetector.EnoughLines;
        if (_file.Record.Layout is not null)
        {
            registry.RequireSave();
        }
    }

    private sealed class SampleLines : ILines
    {
        public List<ReadOnlyMemory<byte>> Lines { get; } = [];

        public void Take(ReadOnlySpan<byte> line, LineSpan span)
        {
            if (Lines.Count < LayoutDetector.MaxLines)
            {
                Lines.Add(line.ToArray());
            }
        }
    }
}
