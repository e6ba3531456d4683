namespace LogView.Server.Storage.Elastic.Writing;

/// <summary>
/// Bytes one request should have: fewer for good behind one that the cluster finds too large, fewer for a while behind one it has no memory for. Not
/// safe for concurrent use.
/// </summary>
internal sealed class RequestSize
{
    /// <summary>Large enough to be fast, far below the 100 MB a node takes.</summary>
    public const int Most = 5 << 20;

    private int _ceiling = Most;

    public int Bytes { get; private set; } = Most;

    /// <summary>A request of several events was too large (413).</summary>
    public void TooLarge(long bytes) => Bytes = _ceiling = Half(bytes);

    /// <summary>There is no room for a request of several events now (429).</summary>
    public void TooMuch(long bytes) => Bytes = Half(bytes);

    public void Taken() => Bytes = (int)Math.Min(_ceiling, Bytes * 2L);

    /// <summary>What cannot be halved goes one event at a time.</summary>
    private static int Half(long bytes) => (int)Math.Max(1, bytes / 2);
}
