using System.Text;
using System.Text.Json.Nodes;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Client.Language;
using LogView.Tests.Testing;

namespace LogView.Tests.Language;

/// <summary>Runs every example of docs/query-language.md.</summary>
public sealed class QueryLanguageDocTests
{
    private static readonly string[] Lines = File.ReadAllLines(ProjectFolder.PathOf("docs", "query-language.md"));
    private static readonly Timestamp Now = DateMath.Resolve("2026-11-22T05:10:00Z", default, TimeZoneInfo.Utc).Value!.Value;

    public static TheoryData<string, string> Queries() => Rows("| Query | Finds |", r => (r[0], r[1]));

    public static TheoryData<string, string> LuceneQueries() => Rows("| Lucene query |", r => (r[0], r[1]));

    public static TheoryData<string, string, string> Errors()
    {
        var data = new TheoryData<string, string, string>();
        foreach (string[] row in Table("| Typed |"))
        {
            data.Add(row[0], row[1], row[2]);
        }

        return data;
    }

    public static TheoryData<string, string> Differences() => Rows("| Query | LogView reads |", r => (r[0], r[1]));

    [Theory]
    [MemberData(nameof(Queries))]
    public void Example_Query_FindsWhatTheDocSays(string query, string finds) => Check(query, QueryLanguage.LogView, finds);

    [Theory]
    [MemberData(nameof(LuceneQueries))]
    public void Example_LuceneQuery_FindsWhatTheDocSays(string query, string finds) => Check(query, QueryLanguage.Lucene, finds);

    [Theory]
    [MemberData(nameof(Errors))]
    public void Example_Error_IsWhatTheDocSays(string query, string error, string suggestion)
    {
        QueryError? found = QueryParser.Parse(query).Error;

        Assert.Equal(error, found?.ToString());
        Assert.Equal(suggestion, found?.Suggestion);
    }

    [Theory]
    [MemberData(nameof(Differences))]
    public void Example_Difference_ReadsAsTheDocSays(string query, string canonical)
    {
        ParseResult result = QueryParser.Parse(query);

        Assert.Equal(canonical, result.Node is { } node ? QueryPrinter.Print(node) : result.Error?.ToString());
    }

    private static void Check(string query, QueryLanguage language, string finds)
    {
        ParseResult result = QueryParser.Parse(query, language);
        string found = result.Node is null ? "" : string.Join(", ", Events().Where(Matcher.Compile(result.Node, Now, TimeZoneInfo.Utc).Matches).Select(e => e.Fields.First("n")));

        Assert.Equal(finds, found);
    }

    private static IEnumerable<LogEvent> Events() => Lines.Where(l => l.StartsWith("{\"n\":", StringComparison.Ordinal)).Select(l => new LogEvent
    {
        Id = default,
        DataStream = default,
        Timestamp = DateMath.Resolve(JsonNode.Parse(l)!["@timestamp"]!.GetValue<string>(), Now, TimeZoneInfo.Utc).Value!.Value,
        Source = Encoding.UTF8.GetBytes(l),
    });

    private static TheoryData<string, string> Rows(string header, Func<string[], (string, string)> select)
    {
        var data = new TheoryData<string, string>();
        foreach ((string first, string second) in Table(header).Select(select))
        {
            data.Add(first, second);
        }

        return data;
    }

    /// <summary>The cells of all tables with this header; code spans without their backticks.</summary>
    private static IEnumerable<string[]> Table(string header)
    {
        for (int i = 0; i < Lines.Length; i++)
        {
            if (!Lines[i].StartsWith(header, StringComparison.Ordinal))
            {
                continue;
            }

            for (i += 2; i < Lines.Length && Lines[i].StartsWith('|'); i++)
            {
                yield return [.. Lines[i].Replace("\\|", "\u0001", StringComparison.Ordinal).Trim('|').Split('|')
                    .Select(c => c.Trim().Replace('\u0001', '|')).Select(c => c is ['`', .., '`'] && c.Count(x => x == '`') == 2 ? c[1..^1] : c)];
            }
        }
    }
}
