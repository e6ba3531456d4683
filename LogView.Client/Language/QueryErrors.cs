using LogView.Client.Contracts.Query;

namespace LogView.Client.Language;

/// <summary>Makes <see cref="QueryError"/> values: line and column of an offset, and what stands there.</summary>
internal static class QueryErrors
{
    public const string End = "end";

    public static QueryError At(string text, int offset, int length, string expected, string? found = null)
    {
        offset = Math.Clamp(offset, 0, text.Length);
        (int line, int column) = Place(text, offset);
        length = Math.Min(length, text.Length - offset);
        return new QueryError(offset, length, line, column, expected, found ?? Found(text, offset, length));
    }

    /// <summary>An error about the whole text, such as its length.</summary>
    public static QueryError Whole(string text, string expected, string found) => new(0, text.Length, 1, 1, expected, found);

    private static string Found(string text, int offset, int length)
    {
        if (offset >= text.Length)
        {
            return End;
        }

        string found = text.Substring(offset, Math.Max(1, length));
        return found.Any(char.IsControl) ? "a line break or control character" : $"'{found}'";
    }

    private static (int Line, int Column) Place(string text, int offset)
    {
        int line = 1, start = 0;
        for (int i = 0; i < offset; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && !(i + 1 < text.Length && text[i + 1] == '\n')))
            {
                (line, start) = (line + 1, i + 1);
            }
        }

        return (line, offset - start + 1);
    }
}
