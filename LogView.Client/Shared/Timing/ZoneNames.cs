namespace LogView.Client.Shared.Timing;

/// <summary>IANA names this machine knows, for the zone's list.</summary>
public static class ZoneNames
{
    private static readonly Lazy<string[]> Names = new(() =>
    [
        "UTC", .. TimeZoneInfo.GetSystemTimeZones().Select(Iana).OfType<string>().Where(n => n.Contains('/', StringComparison.Ordinal))
            .Where(n => !n.StartsWith("Etc/", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ]);

    public static IReadOnlyList<string> All => Names.Value;

    /// <summary>True of nothing too: the browser's zone.</summary>
    public static bool IsKnown(string name) => name.Length == 0 || TimeZoneInfo.TryFindSystemTimeZoneById(name, out _);

    private static string? Iana(TimeZoneInfo zone) =>
        zone.HasIanaId ? zone.Id : TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out string? iana) ? iana : null;
}
