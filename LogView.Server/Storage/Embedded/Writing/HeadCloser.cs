using LogView.Server.Storage.Embedded.Heads;
using LogView.Server.Storage.Embedded.Partitions;

namespace LogView.Server.Storage.Embedded.Writing;

/// <summary>Decides which open heads take no more events, so that their number and memory stay bounded.</summary>
internal static class HeadCloser
{
    /// <summary>Closes the open heads that the caller chooses.</summary>
    public static List<(Partition Partition, Head Head)> Close(Catalog catalog, Func<Head, bool> which) => catalog.Under(() =>
    {
        var closed = new List<(Partition, Head)>();
        foreach (Partition partition in catalog.PartitionsUnlocked)
        {
            if (partition.Open is { } head && which(head))
            {
                partition.Open = null;
                partition.Sealing = partition.Sealing.Add(head);
                closed.Add((partition, head));
            }
        }

        return closed;
    });

    /// <summary>Closes the oldest heads above the allowed number, and the largest above the allowed bytes.</summary>
    public static List<(Partition Partition, Head Head)> CloseExcess(Catalog catalog, EmbeddedStoreOptions options)
    {
        Head[] open = catalog.Under(() => catalog.PartitionsUnlocked.Select(p => p.Open).OfType<Head>().ToArray());
        long bytes = open.Sum(h => h.Sources.Length);
        if (open.Length <= options.MaxOpenHeads && bytes <= options.MaxOpenBytes)
        {
            return [];
        }

        HashSet<Head> chosen = [.. open.OrderBy(h => h.StartedAt).Take(open.Length - options.MaxOpenHeads)];
        bytes -= chosen.Sum(h => h.Sources.Length);
        foreach (Head head in open.Where(h => !chosen.Contains(h)).OrderByDescending(h => h.Sources.Length))
        {
            if (bytes <= options.MaxOpenBytes)
            {
                break;
            }

            chosen.Add(head);
            bytes -= head.Sources.Length;
        }

        return Close(catalog, chosen.Contains);
    }
}
