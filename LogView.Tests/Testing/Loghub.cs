using System.Text;

namespace LogView.Tests.Testing;

/// <summary>Messages of real systems and what people say belongs together. Skips the running test, saying so, when they are not there.</summary>
internal static class Loghub
{
    public static readonly IReadOnlyList<string> Systems = ["Android", "Apache", "BGL", "HDFS", "HPC", "OpenSSH", "Spark", "Windows"];

    /// <summary>Message and name of its pattern, line by line.</summary>
    public static IReadOnlyList<(string Message, string Pattern)> Read(string system)
    {
        List<string[]> rows = Rows(File.ReadAllText(ProjectFolder.TestData("loghub", $"{system}_2k.log_structured.csv")));
        int message = Array.IndexOf(rows[0], "Content"), pattern = Array.IndexOf(rows[0], "EventId");
        return [.. rows.Skip(1).Select(r => (r[message], r[pattern]))];
    }

    /// <summary>The share of messages whose group has exactly the messages of their pattern: the measure of loghub and logparser.</summary>
    public static double GroupingAccuracy(IReadOnlyList<string> truth, IReadOnlyList<int> groups)
    {
        var members = Enumerable.Range(0, truth.Count).ToLookup(i => groups[i]);
        var sizes = truth.CountBy(t => t, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        int right = members.Sum(g => g.Select(i => truth[i]).Distinct(StringComparer.Ordinal).Count() == 1 && sizes[truth[g.First()]] == g.Count() ? g.Count() : 0);
        return (double)right / truth.Count;
    }

    /// <summary>RFC 4180: a quote inside quotes is written twice.</summary>
    private static List<string[]> Rows(string text)
    {
        List<string[]> rows = [];
        List<string> row = [];
        var value = new StringBuilder();
        bool isQuoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            switch (c)
            {
                case '"' when isQuoted && i + 1 < text.Length && text[i + 1] == '"':
                    value.Append(c);
                    i++;
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case ',' when !isQuoted:
                case '\n' when !isQuoted:
                    row.Add(value.ToString().TrimEnd('\r'));
                    value.Clear();
                    if (c == '\n')
                    {
                        rows.Add([.. row]);
                        row.Clear();
                    }

                    break;
                default:
                    value.Append(c);
                    break;
            }
        }

        return rows;
    }
}
