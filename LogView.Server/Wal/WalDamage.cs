namespace LogView.Server.Wal;

/// <summary>A part of the log that cannot be read. Kept for as long as the process lives, so that health can show it.</summary>
/// <param name="File">Name of the log's file.</param>
/// <param name="Offset">Where the damage begins.</param>
/// <param name="Bytes">How long it is; 0 when only sequences are missing.</param>
/// <param name="MissingEvents">Acknowledged events that are lost with it, from the gap in the sequences.</param>
/// <param name="QuarantinedAs">Copy of the bytes, relative to the log's folder; null when there is none.</param>
public sealed record WalDamage(string File, long Offset, long Bytes, long MissingEvents, string? QuarantinedAs)
{
    /// <summary>A whole file of which nothing can be read: nobody knows how many events it had.</summary>
    public bool IsLossUnknown => Offset == 0 && MissingEvents == 0 && Bytes > WalFormat.FileHeaderBytes;
}
