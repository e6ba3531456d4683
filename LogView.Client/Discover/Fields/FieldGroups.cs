using LogView.Client.Contracts.Search;

namespace LogView.Client.Discover.Fields;

/// <summary>The field list as shown: pinned fields, columns, then the fields people look at most, then the rest by name. Each field is in one group.</summary>
/// <param name="Pinned">Fields somebody pinned in this browser, by name, also those no event has.</param>
/// <param name="Selected">Columns, in their order, also those no event has.</param>
/// <param name="Popular">Well-known fields that occur.</param>
/// <param name="Available">The others.</param>
/// <param name="Hidden">Fields that fit the search but are not listed.</param>
public sealed record FieldGroups(
    IReadOnlyList<FieldInfo> Pinned, IReadOnlyList<FieldInfo> Selected, IReadOnlyList<FieldInfo> Popular, IReadOnlyList<FieldInfo> Available, int Hidden)
{
    /// <summary>Available fields drawn. Data with 50,000 fields is searched by name, not scrolled.</summary>
    public const int MaxAvailable = 200;

    public static readonly FieldGroups Empty = new([], [], [], [], 0);

    private const int MaxPopular = 7;

    /// <summary>Best first.</summary>
    private static readonly string[] WellKnown =
    [
        "log.level", "service.name", "host.name", "message", "error.type", "http.response.status_code", "url.path", "trace.id", "event.duration", "log.logger",
        "kubernetes.pod.name", "container.name", "user.id", "client.ip", "log.file.path", "process.name",
    ];

    /// <summary>Made anew with every key typed into the search, so it looks at each of many fields once.</summary>
    /// <param name="fields">By name.</param>
    /// <param name="columns">In the order shown.</param>
    /// <param name="pinned">Names, in any order.</param>
    /// <param name="search">Part of the names wanted, ignoring case.</param>
    public static FieldGroups Of(IReadOnlyList<FieldInfo> fields, IReadOnlyList<string> columns, IReadOnlyCollection<string> pinned, string search)
    {
        string wanted = search.Trim();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        FieldInfo[] onTop = [.. pinned.Order(StringComparer.Ordinal).Where(Fits).Where(taken.Add).Select(n => Find(fields, n) ?? Unseen(n))];
        FieldInfo[] selected = [.. columns.Where(Fits).Where(taken.Add).Select(n => Find(fields, n) ?? Unseen(n))];
        FieldInfo[] popular = [.. WellKnown.Where(Fits).Where(n => !taken.Contains(n)).Select(n => Find(fields, n)).OfType<FieldInfo>().Take(MaxPopular)];
        taken.UnionWith(popular.Select(f => f.Name));
        List<FieldInfo> available = [];
        int hidden = 0;
        foreach (FieldInfo field in fields)
        {
            if (!Fits(field.Name) || taken.Contains(field.Name))
            {
                continue;
            }

            if (available.Count < MaxAvailable)
            {
                available.Add(field);
            }
            else
            {
                hidden++;
            }
        }

        return new FieldGroups(onTop, selected, popular, available, hidden);

        bool Fits(string name) => name.Contains(wanted, StringComparison.OrdinalIgnoreCase);
    }

    private static FieldInfo Unseen(string name) => new(name, FieldType.Keyword, 0);

    private static FieldInfo? Find(IReadOnlyList<FieldInfo> fields, string name)
    {
        int low = 0, high = fields.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2, order = string.CompareOrdinal(fields[middle].Name, name);
            if (order == 0)
            {
                return fields[middle];
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return null;
    }
}
