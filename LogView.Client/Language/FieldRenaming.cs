using System.Text.RegularExpressions;

namespace LogView.Client.Language;

/// <summary>Writes another field name into a query text and leaves everything else as it was typed.</summary>
public static class FieldRenaming
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Replaces the name where a field stands: before <c>:</c> or a comparison, and after Lucene's <c>_exists_:</c>. Quoted texts stay. The text
    /// itself when the name does not stand there, or is only found escaped.
    /// </summary>
    public static string Rename(string query, string from, string to)
    {
        string name = Regex.Escape(from);
        string pattern = $"""(?<quoted>"(?:\\.|[^"\\])*")|(?<=_exists_:){name}(?![\w.@-])|(?<![\w.@\\-]){name}(?=\s*(?::|<=?|>=?))""";
        return Regex.Replace(query, pattern, m => m.Groups["quoted"].Success ? m.Value : to, RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, Limit);
    }
}
