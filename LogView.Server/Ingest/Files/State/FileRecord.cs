using LogView.Server.Ingest.Files.Finding;
using LogView.Server.Ingest.Files.Reading;
using LogView.Server.Ingest.Parsing;

namespace LogView.Server.Ingest.Files.State;

/// <summary>What is remembered of one file over restarts. A file that was truncated is a new one with a record of its own.</summary>
internal sealed class FileRecord
{
    /// <summary>Made at random when the file is first seen and saved before its first event is sent: events are named by it and their offset.</summary>
    public required string Id { get; init; }

    public required string Path { get; set; }

    public required FileIdentity Identity { get; set; }

    /// <summary>Bytes whose events are durable; of a compressed file bytes of its text.</summary>
    public long Offset { get; set; }

    /// <summary>How the bytes look that were read, <see cref="Offset"/> or a little more.</summary>
    public FileAnchor Anchor { get; set; } = FileAnchor.Empty;

    /// <summary>How its lines are laid out; null before the first line.</summary>
    public LineLayout? Layout { get; set; }

    /// <summary>The layout comes from few lines and is looked at again when there are more.</summary>
    public bool IsProvisional { get; set; }

    /// <summary>
    /// Offsets after <see cref="Offset"/> where an event was ended by silence, not by what followed. Reading again must end it there too, or the
    /// same bytes would become other events.
    /// </summary>
    public List<long> Cuts { get; init; } = [];

    /// <summary>A compressed file that was read to its end.</summary>
    public bool IsDone { get; set; }

    /// <summary>Last seen, seconds since 1970.</summary>
    public long SeenAt { get; set; }
}
