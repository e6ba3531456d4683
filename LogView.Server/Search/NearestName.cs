using LogView.Client.Language;

namespace LogView.Server.Search;

/// <summary>Helps with misspelt names of members, parameters and words.</summary>
public static class NearestName
{
    private const int MaxEdits = 2;

    /// <summary>A known name within two edits, ignoring case; null when none is.</summary>
    public static string? Of(string name, IReadOnlyCollection<string> known)
    {
        string wanted = name.ToLowerInvariant();
        return known
            .Select(k => (Name: k, Distance: EditDistance.Within(wanted, k.ToLowerInvariant(), MaxEdits)))
            .Where(k => k.Distance <= MaxEdits)
            .OrderBy(k => k.Distance)
            .Select(k => k.Name)
            .FirstOrDefault();
    }
}

/// <summary>Field names with <c>*</c> for any characters.</summary>
public static class FieldPattern
{
    public static bool Fits(string pattern, string name) => WildcardPattern.Matches(pattern, name);
}
