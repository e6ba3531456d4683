using System.Text;

namespace LogView.Client.Language.Dsl;

internal static class ElasticPatterns
{
    private const string QueryStringSpecial = "+-=&|><!(){}[]^\"~:\\/";

    /// <summary>A wildcard pattern as a <c>query_string</c>: everything else that Lucene's syntax knows is escaped.</summary>
    public static string ToQueryString(string pattern)
    {
        var query = new StringBuilder(pattern.Length);
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
            {
                query.Append('\\').Append(pattern[++i]);
            }
            else
            {
                query.Append(QueryStringSpecial.Contains(c, StringComparison.Ordinal) ? "\\" : "").Append(c);
            }
        }

        return query.ToString();
    }

    /// <summary>Lucene's expressions match a whole term: anchors go, and what is not anchored may have anything around it.</summary>
    public static string ToLuceneRegex(string pattern)
    {
        bool fromStart = pattern.StartsWith('^');
        bool toEnd = pattern.EndsWith('$') && !pattern.EndsWith("\\$", StringComparison.Ordinal);
        string body = pattern[(fromStart ? 1 : 0)..(toEnd ? ^1 : ^0)].Replace("(?:", "(", StringComparison.Ordinal);
        body = body.Replace("\\d", "[0-9]", StringComparison.Ordinal).Replace("\\w", "[a-zA-Z0-9_]", StringComparison.Ordinal);
        body = body.Replace("\\s", "[ \t\r\n]", StringComparison.Ordinal).Replace("\\b", "", StringComparison.Ordinal);
        return $"{(fromStart ? "" : ".*")}{(fromStart && toEnd ? body : $"({body})")}{(toEnd ? "" : ".*")}";
    }
}
