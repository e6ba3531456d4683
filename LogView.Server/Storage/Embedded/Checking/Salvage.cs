using LogView.Client.Contracts.Events;
using LogView.Server.Platform;
using LogView.Server.Storage.Embedded.Format;
using LogView.Server.Storage.Embedded.Heads;
using LogView.Server.Storage.Embedded.Segments;
using LogView.Server.Storage.Embedded.Writing;

namespace LogView.Server.Storage.Embedded.Checking;

/// <summary>Reads out of a damaged segment every event whose id, time, sequence and source are whole, into a head of its own.</summary>
internal sealed class Salvage(IFileSystem files, DataStreamName stream, string partition)
{
    private int _lost;
    private int _known;
    private string? _reason;

    public Head Head { get; } = new(stream, partition, new ChunkPool());

    /// <summary>What became of the events, the rest of a sentence.</summary>
    public string Outcome => _reason is not null && Head.Published == 0 && _known == 0
        ? $"nothing of it can be read ({_reason})"
        : $"{Head.Published} events are whole again, {_known} were there already, {_lost} are lost{(_lost > 0 ? $" ({_reason})" : "")}";

    /// <param name="path">The damaged file.</param>
    /// <param name="known">What the store has: an event that came again meanwhile is not taken twice.</param>
    public void Read(string path, KnownIds known)
    {
        try
        {
            SealedSegment segment = SealedSegment.Open(files, path, stream);
            for (int doc = 0; doc < segment.Events; doc++)
            {
                ReadEvent(segment, doc, known);
            }

            Head.Publish();
            segment.File.Release();
        }
        catch (Exception e) when (e is DamagedFileException or IOException)
        {
            _reason = e.Message;
        }
    }

    private void ReadEvent(SealedSegment segment, int doc, KnownIds known)
    {
        try
        {
            LogEvent logEvent = segment.Load(doc);
            if (known.Contains(logEvent))
            {
                _known++;
                return;
            }

            Head.Add(logEvent);
        }
#pragma warning disable CA1031 // Whatever damaged bytes lead to: this event cannot be had.
        catch (Exception e) when (e is not OutOfMemoryException)
#pragma warning restore CA1031
        {
            _lost++;
            _reason ??= e.Message;
        }
    }
}
