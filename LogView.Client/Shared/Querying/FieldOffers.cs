using LogView.Client.Contracts.Search;

namespace LogView.Client.Shared.Querying;

/// <summary>The fields to offer for what is typed. One pass that keeps only what is offered: about a millisecond for 50,000 names.</summary>
internal static class FieldOffers
{
    /// <summary>Names that begin with <paramref name="word"/> first, then names that contain it; in each the most frequent first. Case does not count.</summary>
    public static IReadOnlyList<FieldInfo> Best(IReadOnlyList<FieldInfo> fields, string word, int count)
    {
        List<(bool Begins, FieldInfo Field)> best = new(count + 1);
        foreach (FieldInfo field in fields)
        {
            int at = field.Name.IndexOf(word, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
            {
                continue;
            }

            (bool Begins, FieldInfo Field) candidate = (at == 0, field);
            if (best.Count == count && Compare(best[^1], candidate) <= 0)
            {
                continue;
            }

            int place = best.FindIndex(b => Compare(candidate, b) < 0);
            best.Insert(place < 0 ? best.Count : place, candidate);
            if (best.Count > count)
            {
                best.RemoveAt(count);
            }
        }

        return [.. best.Select(b => b.Field)];
    }

    private static int Compare((bool Begins, FieldInfo Field) left, (bool Begins, FieldInfo Field) right)
    {
        int order = right.Begins.CompareTo(left.Begins);
        order = order != 0 ? order : right.Field.Events.CompareTo(left.Field.Events);
        return order != 0 ? order : string.CompareOrdinal(left.Field.Name, right.Field.Name);
    }
}
