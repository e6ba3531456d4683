using System.IO.Hashing;
using System.Text;

namespace LogView.Server.Storage.Elastic.Following;

/// <summary>The newest documents that were told of, by index and <c>_id</c>. Bounded: past it the oldest are forgotten.</summary>
internal sealed class SeenIds(int most)
{
    private readonly HashSet<ulong> _seen = [];
    private readonly Queue<ulong> _order = new();

    /// <summary>False when it is known already.</summary>
    public bool Add(string index, string id)
    {
        ulong hash = XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"{index}\n{id}"));
        if (!_seen.Add(hash))
        {
            return false;
        }

        _order.Enqueue(hash);
        if (_order.Count > most)
        {
            _seen.Remove(_order.Dequeue());
        }

        return true;
    }
}
