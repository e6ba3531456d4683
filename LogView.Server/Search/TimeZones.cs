using System.Buffers;
using LogView.Client.Language;

namespace LogView.Server.Search;

/// <summary>Time zones by their IANA names.</summary>
internal static class TimeZones
{
    private const int MaxNameLength = 64;

    /// <summary>Edits within which another zone is offered.</summary>
    private const int MaxEdits = 3;

    /// <summary>What names are made of. Nothing else reaches the look-up, which may read files of that name.</summary>
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-/");

    /// <summary>Null is UTC. Throws <see cref="PlanException"/> for a name that is no zone.</summary>
    public static TimeZoneInfo Find(string? name)
    {
        if (name is null or "UTC" or "Z")
        {
            return TimeZoneInfo.Utc;
        }

        bool isName = name.Length is > 0 and <= MaxNameLength && name[0] != '/' && !name.AsSpan().ContainsAnyExcept(NameCharacters);
        return isName && TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone)
            ? zone
            : throw PlanException.BadRequest($"'timeZone' is not a time zone this machine knows: expected an IANA name such as Europe/Berlin{Suggestion(name)}");
    }

    private static string Suggestion(string name)
    {
        string? nearest = name.Length > MaxNameLength ? null : TimeZoneInfo.GetSystemTimeZones()
            .Select(z => z.Id)
            .MinBy(id => EditDistance.Within(Fold(name), Fold(id), MaxEdits));
        return nearest is not null && EditDistance.IsWithin(Fold(name), Fold(nearest), MaxEdits) ? $"; did you mean {nearest}?" : "";
    }

    private static string Fold(string name) => name.ToLowerInvariant();
}
