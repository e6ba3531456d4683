using System.IO.Compression;
using LogView.Client.Contracts.Events;
using LogView.Server.Ingest.Files.Finding;
using LogView.Server.Ingest.Files.Joining;
using LogView.Server.Ingest.Files.State;
using Microsoft.Win32.SafeHandles;

namespace LogView.Server.Ingest.Files.Reading;

/// <summary>One file being read: its open handle, what was read but is no event yet, and how far it is known. Used by one thread.</summary>
internal sealed class FollowedFile : IDisposable
{
    private readonly SeenBytes _seen = new();
    private bool _isRemembered;
    private FileStream? _compressed;

    public FollowedFile(SourceRuntime source, FileRecord record, bool isCompressed)
    {
        (Source, Record, IsCompressed) = (source, record, isCompressed);
        Joiner = new LineJoiner(source.Rules);
        Splitter = new LineSplitter(source.Encoding);
        ReadOffset = record.Offset;
        State = record.IsDone ? FileState.Done : FileState.Following;
    }

    public SourceRuntime Source { get; }

    public FileRecord Record { get; private set; }

    public bool IsCompressed { get; }

    public FileState State { get; set; }

    public string? LastError { get; set; }

    /// <summary>Time of the event that was read last.</summary>
    public Timestamp? LastEventAt { get; set; }

    public LineJoiner Joiner { get; private set; }

    public LineSplitter Splitter { get; private set; }

    public SafeFileHandle? Handle { get; private set; }

    public GZipStream? Text { get; private set; }

    public bool IsOpen => Handle is not null || _compressed is not null;

    /// <summary>Bytes taken from the file.</summary>
    public long ReadOffset { get; private set; }

    /// <summary>The beginning of a line whose end was not there yet.</summary>
    public byte[] Rest { get; private set; } = [];

    public long Size { get; set; }

    /// <summary>Last change of the file since 1970: times without a year are not later.</summary>
    public long ModifiedNanoseconds { get; set; }

    /// <summary>When bytes were last read from it.</summary>
    public DateTimeOffset GrewAt { get; set; }

    /// <summary>When its <see cref="Size"/> was last seen to change; compressed files only.</summary>
    public DateTimeOffset SizeChangedAt { get; set; }

    /// <summary>It is no longer found under its path: renamed away, replaced or deleted.</summary>
    public bool IsDetached { get; set; }

    public bool IsDeleted { get; set; }

    /// <summary>The path it had before it was renamed.</summary>
    public string? LeftPath { get; set; }

    /// <summary>Let go: another object may read the file by now, so this one must not.</summary>
    public bool IsDropped { get; private set; }

    /// <summary>Queued for a turn.</summary>
    public bool IsQueued { get; set; }

    /// <summary>A copy of it that was made to truncate it: reads what it may still hold.</summary>
    public FollowedFile? Copy { get; set; }

    /// <summary>The file it replaced at its path, until that was read to its end.</summary>
    public FollowedFile? Predecessor { get; set; }

    public int LinesSeen { get; set; }

    /// <summary>Bytes before this are in events (sent or in the batch).</summary>
    public long SafeOffset => Joiner.PendingStart ?? (ReadOffset - Rest.Length);

    public bool HoldsText => Joiner.PendingStart is not null || Rest.Length > 0;

    public int HeldBytes => Joiner.HeldBytes + Rest.Length;

    /// <summary>False: the path leads to another file by now.</summary>
    public bool TryOpen(Func<string, SafeFileHandle> open)
    {
        if (IsOpen)
        {
            return true;
        }

        SafeFileHandle handle = open(Record.Path);
        if (FileFacts.Of(handle)?.Identity != Record.Identity)
        {
            handle.Dispose();
            return false;
        }

        if (IsCompressed)
        {
            _compressed = new FileStream(handle, FileAccess.Read, bufferSize: 1);
            Text = new GZipStream(_compressed, CompressionMode.Decompress);
            return true;
        }

        Handle = handle;
        if (ReadOffset > 0 && !_isRemembered)
        {
            Remember();
        }

        _isRemembered = true;
        return true;
    }

    public void Close()
    {
        Text?.Dispose();
        _compressed?.Dispose();
        Handle?.Dispose();
        (Text, _compressed, Handle) = (null, null, null);
    }

    /// <summary>Bytes were read and split.</summary>
    /// <param name="data">What was split: the former <see cref="Rest"/> and what was read behind it.</param>
    /// <param name="done">How many of them are in lines.</param>
    /// <param name="read">How many were read.</param>
    public void Advance(ReadOnlySpan<byte> data, int done, int read)
    {
        ReadOffset += read;
        Rest = done == data.Length ? [] : data[done..].ToArray();
        _seen.Add(data[^read..]);
    }

    /// <summary>How the bytes that were read look.</summary>
    public FileAnchor Anchor() => _seen.Anchor(ReadOffset);

    /// <summary>What was held is in events now, or was handed over.</summary>
    public void DropRest() => Rest = [];

    /// <summary>The file still has the bytes that were read from it last. Otherwise it was truncated and grew again.</summary>
    public bool StillHasTail()
    {
        ReadOnlySpan<byte> tail = _seen.Tail;
        Span<byte> now = stackalloc byte[FileAnchor.MaxTail];
        int read = RandomAccess.Read(Handle!, now[..tail.Length], ReadOffset - tail.Length);
        return read == tail.Length && now[..read].SequenceEqual(tail);
    }

    /// <summary>Reads on from the beginning under a new name for its events.</summary>
    public void StartOver(FileRecord record)
    {
        Record = record;
        ReadOffset = 0;
        Rest = [];
        _seen.Clear();
        LinesSeen = 0;
        Copy = null;
        Joiner = new LineJoiner(Source.Rules);
        Splitter = new LineSplitter(Source.Encoding);
    }

    public void Dispose()
    {
        IsDropped = true;
        Close();
    }

    private void Remember()
    {
        Span<byte> head = stackalloc byte[FileAnchor.MaxHead];
        Span<byte> tail = stackalloc byte[FileAnchor.MaxTail];
        head = head[..(int)Math.Min(head.Length, ReadOffset)];
        tail = tail[..(int)Math.Min(tail.Length, ReadOffset)];
        int headRead = RandomAccess.Read(Handle!, head, 0);
        int tailRead = RandomAccess.Read(Handle!, tail, ReadOffset - tail.Length);
        Splitter.StartWith(head[..headRead]);
        _seen.Set(head[..headRead], tail[..tailRead]);
    }
}
