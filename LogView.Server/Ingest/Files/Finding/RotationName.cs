namespace LogView.Server.Ingest.Files.Finding;

/// <summary>
/// Names that rotation gives: <c>app.log.1</c>, <c>app.log-20261122</c>, <c>app.log.2.gz</c>. Only with such a name can one file be the copy of
/// another; files that merely begin alike are different files.
/// </summary>
internal static class RotationName
{
    /// <summary><c>app.log</c> → <c>app.log.1</c>: the copy of copytruncate.</summary>
    public static bool IsCopyName(string original, string copy) =>
        copy.Length > original.Length && copy.StartsWith(original, StringComparison.Ordinal) && copy[original.Length] is '.' or '-' or '_' or '~'
        && !IsCompressed(copy);

    /// <summary><c>app.log</c> or <c>app.log.1</c> → <c>app.log.2.gz</c>: the compressed form of a file that was read before.</summary>
    public static bool IsCompressedName(string original, string compressed) =>
        IsCompressed(compressed) && !IsCompressed(original)
        && string.Equals(Path.GetDirectoryName(original), Path.GetDirectoryName(compressed), StringComparison.Ordinal)
        && string.Equals(Stem(original), Stem(compressed), StringComparison.Ordinal);

    public static bool IsCompressed(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>The name without <c>.gz</c> and without the numbers and dates at its end.</summary>
    private static string Stem(string path)
    {
        string name = Path.GetFileName(path);
        name = IsCompressed(name) ? name[..^3] : name;
        int end = name.Length;
        while (end > 0 && (char.IsAsciiDigit(name[end - 1]) || (name[end - 1] is '.' or '-' or '_' && end < name.Length)))
        {
            end--;
        }

        return end == 0 ? name : name[..end];
    }
}
