using LogView.Client.Contracts.Events;
using LogView.Server.Platform;

namespace LogView.Server.Wal;

/// <summary>Reads committed events back from the files. One per reader of the log; not for concurrent use.</summary>
internal sealed class SegmentReader(IFileSystem fileSystem, WalSegments segments, TimeProvider clock, ILogger logger)
{
    /// <summary>Where the last file that was read through ends: nothing more is to be had from it.</summary>
    public long Reached { get; private set; }

    /// <summary>
    /// Everything durable in one file after <paramref name="sequence"/>, in batches that engines like. Nothing when no file has such events.
    /// </summary>
    public IEnumerable<CommittedBatch> ReadFileAfter(long sequence)
    {
        if (segments.After(sequence) is not { } segment)
        {
            yield break;
        }

        long last = segment.LastSequence;
        using IFile? file = TryOpen(segment);
        if (file is null)
        {
            yield break;
        }

        var scanner = new FrameScanner(file, segment.DurableBytes);
        var events = new List<LogEvent>();
        int bytes = 0;
        while (scanner.TryNext(out Scanned scanned))
        {
            if (scanned.Header is not { } header)
            {
                // Reported in full at the start; here it happened since, or again.
                WalMetrics.DamagedBytes.Add(scanned.Bytes);
                WalLog.Damaged(logger, Path.GetFileName(segment.Path), scanned.Offset, scanned.Bytes, 0, "");
                continue;
            }

            if (header.FirstSequence > last)
            {
                break;
            }

            if (header.LastSequence <= sequence)
            {
                continue;
            }

            if (events.Count > 0 && (IsGap(events, header) || events.Count + header.Count > WalLimits.MaxReplayEvents || bytes + header.PayloadBytes > WalLimits.MaxReplayBytes))
            {
                yield return Batch(events);
                (events, bytes) = ([], 0);
            }

            EventCodec.Read(scanned.Payload.ToArray(), header, sequence, events);
            bytes += header.PayloadBytes;
        }

        if (events.Count > 0)
        {
            yield return Batch(events);
        }

        Reached = last;
    }

    private IFile? TryOpen(WalSegment segment)
    {
        try
        {
            return fileSystem.OpenRead(segment.Path);
        }
        catch (FileNotFoundException)
        {
            // Released by a checkpoint a moment ago; the next look begins at a later file.
            return null;
        }
    }

    private static bool IsGap(List<LogEvent> events, FrameHeader next) => next.FirstSequence != events[^1].Sequence + 1;

    private CommittedBatch Batch(List<LogEvent> events) => new(events, Timestamp.Now(clock));
}
