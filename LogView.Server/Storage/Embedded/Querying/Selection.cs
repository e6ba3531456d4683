namespace LogView.Server.Storage.Embedded.Querying;

/// <summary>
/// The first so many in an order, out of any number. Takes in some more and now and then throws out the last ones, so that each costs a constant number of comparisons in the mean,
/// however many are kept (quickselect; C. A. R. Hoare, Algorithm 65: Find). Not for concurrent use.
/// </summary>
/// <param name="capacity">How many; above 0.</param>
/// <param name="order">No two are equal in it.</param>
internal sealed class Selection<T>(int capacity, IComparer<T> order)
    where T : struct
{
    /// <summary>Room for those to be thrown out: as many again of few, a quarter of many.</summary>
    private const int SmallCapacity = 16_384;

    private const int InitialRoom = 64;

    private readonly int _room = capacity <= SmallCapacity ? 2 * capacity : capacity + (capacity / 4);
    private T[] _items = [];
    private int _count;

    /// <summary>Whatever comes behind it is not among the first ones; null while not that much is known.</summary>
    public T? Last { get; private set; }

    public void Add(in T item)
    {
        if (Last is { } last && order.Compare(item, last) >= 0)
        {
            return;
        }

        if (_count == _room)
        {
            Cut();
        }
        else if (_count == _items.Length)
        {
            Array.Resize(ref _items, Math.Min(_room, Math.Max(InitialRoom, 2 * _count)));
        }

        _items[_count++] = item;
    }

    /// <summary>Those from a place on, in order.</summary>
    public T[] From(int first)
    {
        if (_count > capacity)
        {
            Cut();
        }

        if (first >= _count)
        {
            return [];
        }

        Part(_items.AsSpan(0, _count), first);
        T[] sorted = _items[first.._count];
        Array.Sort(sorted, order);
        return sorted;
    }

    private void Cut()
    {
        Part(_items.AsSpan(0, _count), capacity - 1);
        _count = capacity;
        Last = _items[capacity - 1];
    }

    /// <summary>Puts the one that belongs at a place there, those before it before and those behind it behind.</summary>
    private void Part(Span<T> items, int place)
    {
        int low = 0, high = items.Length - 1;
        for (int left = 4 * (int)Math.Log2(items.Length + 1); low < high; left--)
        {
            if (left <= 0)
            {
                // Unlucky again and again: sorting is bounded.
                items[low..(high + 1)].Sort(order);
                return;
            }

            int split = Split(items, low, high);
            if (place <= split)
            {
                high = split;
            }
            else
            {
                low = split + 1;
            }
        }
    }

    /// <summary>The last place of the front part, whose items are none behind those of the other part. Both have items.</summary>
    private int Split(Span<T> items, int low, int high)
    {
        T pivot = Median(items[low], items[low + ((high - low) / 2)], items[high]);
        int front = low - 1, back = high + 1;
        while (true)
        {
            do
            {
                front++;
            }
            while (order.Compare(items[front], pivot) < 0);
            do
            {
                back--;
            }
            while (order.Compare(items[back], pivot) > 0);
            if (front >= back)
            {
                return back;
            }

            (items[front], items[back]) = (items[back], items[front]);
        }
    }

    private T Median(in T x, in T y, in T z) => order.Compare(x, y) < 0
        ? order.Compare(y, z) < 0 ? y : order.Compare(x, z) < 0 ? z : x
        : order.Compare(x, z) < 0 ? x : order.Compare(y, z) < 0 ? z : y;
}
