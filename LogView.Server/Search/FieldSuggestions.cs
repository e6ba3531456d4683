using LogView.Client.Language;

namespace LogView.Server.Search;

/// <summary>The field somebody may have meant.</summary>
internal static class FieldSuggestions
{
    private const int MaxEdits = 2;

    /// <summary>Null when no name is near. Compares whole names and last parts (<c>levle</c> → <c>log.level</c>), ignoring case; the nearest and shortest wins.</summary>
    public static string? Nearest(string asked, IEnumerable<string> known)
    {
        int most = asked.Length <= 3 ? 1 : MaxEdits;
        return known
            .Select(name => (Name: name, Distance: Distance(asked, name, most)))
            .Where(c => c.Distance <= most)
            .OrderBy(c => c.Distance).ThenBy(c => c.Name.Length).ThenBy(c => c.Name, StringComparer.Ordinal)
            .Select(c => c.Name)
            .FirstOrDefault();
    }

    private static int Distance(string asked, string name, int most)
    {
        string wanted = asked.ToLowerInvariant(), whole = name.ToLowerInvariant();
        int best = EditDistance.Within(wanted, whole, most);
        int dot = whole.LastIndexOf('.');
        return dot < 0 ? best : Math.Min(best, EditDistance.Within(wanted.AsSpan(wanted.LastIndexOf('.') + 1), whole.AsSpan(dot + 1), most));
    }
}
