using System.Buffers;

namespace LogView.Server.Storage.Embedded.Sources;

/// <summary>A growing list in arrays that are used again by the next: for millions of values that live only while one segment is written.</summary>
internal sealed class PooledList<T> : IDisposable
    where T : unmanaged
{
    private const int FirstCapacity = 4096;

    private T[] _items = ArrayPool<T>.Shared.Rent(FirstCapacity);

    public int Count { get; private set; }

    /// <summary>Valid until something is added.</summary>
    public Span<T> Span => _items.AsSpan(0, Count);

    public void Add(T item)
    {
        if (Count == _items.Length)
        {
            Grow(Count + 1);
        }

        _items[Count++] = item;
    }

    public void AddRange(ReadOnlySpan<T> items)
    {
        if (Count + items.Length > _items.Length)
        {
            Grow(Count + items.Length);
        }

        items.CopyTo(_items.AsSpan(Count));
        Count += items.Length;
    }

    /// <summary>Nothing of it may be used afterwards.</summary>
    public void Dispose()
    {
        ArrayPool<T>.Shared.Return(_items);
        (_items, Count) = ([], 0);
    }

    private void Grow(int least)
    {
        T[] wider = ArrayPool<T>.Shared.Rent(Math.Max(least, checked(_items.Length * 2)));
        Span.CopyTo(wider);
        ArrayPool<T>.Shared.Return(_items);
        _items = wider;
    }
}
