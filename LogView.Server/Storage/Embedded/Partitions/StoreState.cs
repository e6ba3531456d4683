using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Server.Platform;
using LogView.Server.Storage.Embedded.Format;

namespace LogView.Server.Storage.Embedded.Partitions;

/// <summary>
/// What the store must remember besides its segments. Content: the durable sequence, then per deleted data stream its name and the
/// sequence up to which its events are gone, so that a replay of the log does not bring them back.
/// </summary>
internal sealed record StoreState(long DurableSequence, IReadOnlyDictionary<DataStreamName, long> Deleted)
{
    public static readonly StoreState Empty = new(0, new Dictionary<DataStreamName, long>());

    /// <summary>A damaged state is as good as none: the log is replayed from its start, and what is there already is left as it is.</summary>
    public static StoreState Read(IFileSystem files, string folder, out string? damage)
    {
        damage = null;
        try
        {
            return CheckedFile.Read(files, folder, StoreNames.State) is { } content ? Parse(content) : Empty;
        }
        catch (DamagedFileException e)
        {
            damage = e.Message;
            return Empty;
        }
    }

    public void Write(IFileSystem files, string folder)
    {
        var writer = new ByteWriter();
        writer.Int64(DurableSequence);
        writer.VarUInt(Deleted.Count);
        foreach ((DataStreamName name, long sequence) in Deleted)
        {
            writer.Text(Encoding.UTF8.GetBytes(name.Value));
            writer.Int64(sequence);
        }

        CheckedFile.Write(files, folder, StoreNames.State, writer.Written);
    }

    private static StoreState Parse(byte[] content)
    {
        var cursor = new ByteCursor(content);
        long durable = cursor.Int64();
        var deleted = new Dictionary<DataStreamName, long>();
        for (int left = cursor.VarInt32(); left > 0; left--)
        {
            deleted[DataStreamName.Parse(Encoding.UTF8.GetString(cursor.Text()))] = cursor.Int64();
        }

        return new StoreState(durable, deleted);
    }
}
