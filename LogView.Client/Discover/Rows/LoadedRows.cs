using LogView.Client.Contracts.Search;

namespace LogView.Client.Discover.Rows;

/// <summary>What is known of the rows at one moment: how many there are, and those near the screen. Immutable.</summary>
/// <param name="Total">Rows of the result, as far as is known.</param>
/// <param name="Blocks">By position, none overlapping.</param>
/// <param name="IsAll">False: there are more than <paramref name="Total"/>, nobody counted them yet.</param>
public sealed record LoadedRows(int Total, IReadOnlyList<RowBlock> Blocks, bool IsAll = true)
{
    public static readonly LoadedRows None = new(0, []);

    /// <summary>All rows of a short list.</summary>
    public static LoadedRows Of(IReadOnlyList<Hit> hits) => new(hits.Count, [new RowBlock(0, hits)]);

    /// <summary>Those that are here, in order.</summary>
    public IEnumerable<Hit> Hits => Blocks.SelectMany(b => b.Hits);

    /// <summary>The event at a position; null when it is not here now.</summary>
    public Hit? this[int position] => BlockAt(position) is { } block ? block.Hits[position - block.Start] : null;

    /// <summary>Where an event stands; -1 when it is not among those that are here.</summary>
    public int IndexOf(Hit? hit)
    {
        foreach (RowBlock block in hit is null ? [] : Blocks)
        {
            for (int i = 0; i < block.Hits.Count; i++)
            {
                if (ReferenceEquals(block.Hits[i], hit) || (block.Hits[i].Event.Id == hit!.Event.Id && block.Hits[i].Event.DataStream == hit.Event.DataStream))
                {
                    return block.Start + i;
                }
            }
        }

        return -1;
    }

    private RowBlock? BlockAt(int position)
    {
        int low = 0, high = Blocks.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            RowBlock block = Blocks[middle];
            if (position < block.Start)
            {
                high = middle - 1;
            }
            else if (position >= block.Start + block.Hits.Count)
            {
                low = middle + 1;
            }
            else
            {
                return block;
            }
        }

        return null;
    }
}

/// <param name="Start">Position of the first one.</param>
/// <param name="Hits">Never empty.</param>
public sealed record RowBlock(int Start, IReadOnlyList<Hit> Hits);
