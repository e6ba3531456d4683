using LogView.Client.Contracts.Events;
using LogView.Server.Platform;

namespace LogView.Server.Wal;

/// <summary>
/// Writes groups of frames to the newest file and makes them durable. Used by the committer's thread alone. After any failure the file is left
/// for good and the next group begins a new one, whose first sequence cuts off whatever of the failed group is in the old one.
/// </summary>
internal sealed class SegmentWriter(IFileSystem fileSystem, WalOptions options, WalSegments segments, long nextFileNumber, TimeProvider clock) : IDisposable
{
    private long _nextFileNumber = nextFileNumber;
    private IFile? _file;
    private WalSegment? _segment;
    private long _offset;

    /// <summary>Returns when the frames are durable. Throws <see cref="IOException"/> when they are not, or are not known to be.</summary>
    public void Write(IReadOnlyList<EncodedFrame> frames, long firstSequence)
    {
        try
        {
            if (_file is null || _offset >= options.SegmentBytes)
            {
                Begin(firstSequence);
            }

            Append(_file!, frames, firstSequence);
        }
        catch
        {
            Dispose();
            CutOff(firstSequence);
            throw;
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
        _segment = null;
    }

    /// <summary>
    /// Begins the next file at once. After a failed sync what was written can still be read though the disk does not have it; should the program be
    /// killed now, the next start must not take it for durable.
    /// </summary>
    private void CutOff(long firstSequence)
    {
        try
        {
            Begin(firstSequence);
        }
        catch (IOException)
        {
            // The disk is full or gone: the next write tries again, and tells why it cannot.
            Dispose();
        }
    }

    /// <summary>Nothing of it counts; on a full disk each attempt would leave another.</summary>
    private void DeleteUnfinished(string path)
    {
        try
        {
            fileSystem.Delete(path);
        }
        catch (IOException)
        {
            // The next start passes over it.
        }
    }

    private void Append(IFile file, IReadOnlyList<EncodedFrame> frames, long firstSequence)
    {
        var buffers = new List<ReadOnlyMemory<byte>>(frames.Count);
        long sequence = firstSequence;
        int bytes = 0;
        foreach (EncodedFrame frame in frames)
        {
            buffers.Add(frame.Place(sequence, bytes));
            sequence += frame.Count;
            bytes += frame.Bytes;
        }

        file.Write(_offset, buffers);
        file.Sync();
        _offset += bytes;
        _segment!.Grow(sequence - 1, _offset);
    }

    private void Begin(long firstSequence)
    {
        Dispose();
        string path = Path.Combine(options.Directory, FileNames.WalSegment(_nextFileNumber++));
        IFile file = fileSystem.Create(path);
        try
        {
            file.Write(0, [WalFormat.FileHeader(firstSequence, Timestamp.Now(clock).UnixNanoseconds)]);
            file.Sync();
            // Without it a crash may forget the file's name, and every acknowledged event in it.
            fileSystem.SyncDirectory(options.Directory);
        }
        catch
        {
            file.Dispose();
            DeleteUnfinished(path);
            throw;
        }

        (_file, _offset) = (file, WalFormat.FileHeaderBytes);
        _segment = new WalSegment(path, firstSequence, firstSequence - 1, _offset);
        segments.Add(_segment);
    }
}
