namespace LogView.Server.Ingest.Files.Reading;

/// <summary>The first bytes of a file and the last ones before the position, as they were read.</summary>
internal sealed class SeenBytes
{
    private readonly byte[] _tail = new byte[FileAnchor.MaxTail];
    private byte[] _head = [];
    private int _tailLength;

    public ReadOnlySpan<byte> Tail => _tail.AsSpan(0, _tailLength);

    public FileAnchor Anchor(long position) => FileAnchor.Of(position, _head, Tail);

    /// <summary>The next bytes of the file.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        int wanted = Math.Min(FileAnchor.MaxHead - _head.Length, bytes.Length);
        if (wanted > 0)
        {
            _head = [.. _head, .. bytes[..wanted]];
        }

        ReadOnlySpan<byte> last = bytes.Length > FileAnchor.MaxTail ? bytes[^FileAnchor.MaxTail..] : bytes;
        int kept = Math.Min(_tailLength, FileAnchor.MaxTail - last.Length);
        _tail.AsSpan(_tailLength - kept, kept).CopyTo(_tail);
        last.CopyTo(_tail.AsSpan(kept));
        _tailLength = kept + last.Length;
    }

    /// <summary>What a file that is opened again has there; the caller has checked that it is the same file.</summary>
    public void Set(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail)
    {
        Clear();
        _head = head.ToArray();
        tail.CopyTo(_tail);
        _tailLength = tail.Length;
    }

    public void Clear()
    {
        _head = [];
        _tailLength = 0;
    }
}
