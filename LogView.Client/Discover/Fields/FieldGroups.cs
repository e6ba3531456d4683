using LogView.Client.Contracts.Search;

namespace LogView.Client.Discover.Fields;

/// <summary>The field list as shown: columns first, then the fields people look at most, then the rest by name.</summary>
/// <param name="Selected">Columns, in their order, also those no event has.</param>
/// <param name="Popular">Well-known fields that occur.</param>
/// <param name="Available">The others.</param>
/// <param name="Hidden">Fields that fit the search but are not listed.</param>
public sealed record FieldGroups(IReadOnlyList<FieldInfo> Selected, IReadOnlyList<FieldInfo> Popular, IReadOnlyList<FieldInfo> Available, int Hidden)
{
    /// <summary>Available fields drawn. Data with 50,000 fields is searched by name, not scrolled.</summary>
    public const int MaxAvailable = 200;

    private const int MaxPopular = 7;

    /// <summary>Best first.</summary>
    private static readonly string[] WellKnown =
    [
        "log.level", "service.name", "host.name", "message", "error.type", "http.response.status_code", "url.path", "trace.id", "event.duration", "log.logger",
        "kubernetes.pod.name", "container.name", "user.id", "client.ip", "log.file.path", "process.name",
    ];

    public static FieldGroups Of(IReadOnlyList<FieldInfo> fields, IReadOnlyList<string> columns, string search)
    {
        string wanted = search.Trim();
        FieldInfo[] fitting = [.. fields.Where(f => f.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase))];
        var byName = fitting.ToDictionary(f => f.Name, StringComparer.Ordinal);
        FieldInfo[] selected =
        [
            .. columns.Where(c => c.Contains(wanted, StringComparison.OrdinalIgnoreCase)).Select(c => byName.GetValueOrDefault(c) ?? new FieldInfo(c, FieldType.Keyword, 0)),
        ];
        FieldInfo[] popular = [.. WellKnown.Except(columns, StringComparer.Ordinal).Select(byName.GetValueOrDefault).OfType<FieldInfo>().Take(MaxPopular)];
        FieldInfo[] rest = [.. fitting.Except(selected).Except(popular).OrderBy(f => f.Name, StringComparer.Ordinal)];
        return new FieldGroups(selected, popular, [.. rest.Take(MaxAvailable)], Math.Max(0, rest.Length - MaxAvailable));
    }
}
