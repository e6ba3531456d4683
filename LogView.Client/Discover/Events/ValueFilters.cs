using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;

namespace LogView.Client.Discover.Events;

/// <summary>Filters for what an event has in a field.</summary>
public static class ValueFilters
{
    /// <summary>The value; of several, any of them; without any, that the field is missing.</summary>
    public static SearchFilter For(string field, IReadOnlyList<FieldValue> values, bool not)
    {
        var filter = new SearchFilter { Field = field, Negate = not };
        return values.Count switch
        {
            0 => filter with { Exists = true, Negate = !not },
            1 => filter with { Is = values[0].ToString() },
            _ => filter with { OneOf = [.. values.Select(v => v.ToString())] },
        };
    }
}
