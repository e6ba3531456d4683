using LogView.Client.Contracts.Events;

namespace LogView.Server.Storage.Embedded.Format;

/// <summary>What a segment holds, as its own summary section and the manifest say it.</summary>
/// <param name="Events">How many.</param>
/// <param name="Oldest">First timestamp.</param>
/// <param name="Newest">Last timestamp.</param>
/// <param name="FirstSequence">Smallest sequence.</param>
/// <param name="LastSequence">Largest sequence.</param>
/// <param name="SourceBytes">Bytes of the sources before compression.</param>
/// <param name="FileBytes">Length of the file; 0 inside the file itself.</param>
internal sealed record SegmentSummary(
    int Events, Timestamp Oldest, Timestamp Newest, long FirstSequence, long LastSequence, long SourceBytes, long FileBytes)
{
    public byte[] ToBytes()
    {
        var writer = new ByteWriter();
        Write(writer);
        return writer.Written.ToArray();
    }

    public void Write(ByteWriter writer)
    {
        writer.UInt32((uint)Events);
        writer.Int64(Oldest.UnixNanoseconds);
        writer.Int64(Newest.UnixNanoseconds);
        writer.Int64(FirstSequence);
        writer.Int64(LastSequence);
        writer.Int64(SourceBytes);
        writer.Int64(FileBytes);
    }

    public static SegmentSummary Read(ref ByteCursor cursor) => new(
        cursor.Int32(), new Timestamp(cursor.Int64()), new Timestamp(cursor.Int64()), cursor.Int64(), cursor.Int64(), cursor.Int64(), cursor.Int64());
}
