namespace LogView.Client.Language;

/// <summary>Edits between two texts: insert, delete, replace, swap neighbours (optimal string alignment, as Elasticsearch's fuzzy query counts).</summary>
public static class EditDistance
{
    /// <summary>Longer texts are never similar: bounds the work and the stack.</summary>
    private const int MaxLength = 256;

    public static bool IsWithin(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int max) => Within(left, right, max) <= max;

    /// <summary>The distance, or <paramref name="max"/> + 1 when it is more.</summary>
    public static int Within(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int max)
    {
        if (Math.Abs(left.Length - right.Length) > max || left.Length > MaxLength || right.Length > MaxLength)
        {
            return left.SequenceEqual(right) ? 0 : max + 1;
        }

        int width = right.Length + 1;
        Span<int> rows = stackalloc int[3 * width];
        Span<int> older = rows[..width], old = rows.Slice(width, width), current = rows.Slice(2 * width, width);
        for (int j = 0; j < width; j++)
        {
            old[j] = j;
        }

        for (int i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            int best = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int replace = old[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                int distance = Math.Min(replace, Math.Min(old[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    distance = Math.Min(distance, older[j - 2] + 1);
                }

                current[j] = distance;
                best = Math.Min(best, distance);
            }

            if (best > max)
            {
                return max + 1;
            }

            Span<int> free = older;
            older = old;
            old = current;
            current = free;
        }

        return Math.Min(old[right.Length], max + 1);
    }
}
