using System.Text;

namespace LogView.Client.Language.Kql;

/// <summary>
/// Finds <c>/pattern/</c>: from a slash to the next one that is not escaped, which white space, a closing bracket or the end follows
/// (after an optional <c>i</c>). So <c>/api/v1</c> stays a path. <c>\/</c> is a slash of the pattern.
/// </summary>
internal sealed record SlashedRegex(string Pattern, bool IgnoreCase, int End)
{
    public static SlashedRegex? Find(string text, int start)
    {
        var pattern = new StringBuilder();
        int at = start + 1;
        while (at < text.Length && text[at] != '/')
        {
            if (text[at] == '\\' && at + 1 < text.Length)
            {
                pattern.Append(text[at + 1] == '/' ? "/" : text.AsSpan(at, 2));
                at += 2;
            }
            else
            {
                pattern.Append(text[at++]);
            }
        }

        if (at >= text.Length || pattern.Length == 0)
        {
            return null;
        }

        int end = at + 1;
        bool ignoreCase = end < text.Length && text[end] == 'i' && IsBoundary(text, end + 1);
        return ignoreCase ? new(pattern.ToString(), IgnoreCase: true, end + 1)
            : IsBoundary(text, end) ? new(pattern.ToString(), IgnoreCase: false, end) : null;
    }

    private static bool IsBoundary(string text, int at) => at >= text.Length || KqlReader.IsSpace(text[at]) || text[at] is ')' or '}';
}
