using LogView.Client.Language.Patterns;

namespace LogView.Client.Discover.Patterns;

/// <summary>A pattern with its marks told apart from its words.</summary>
public partial class PatternText
{
    private static readonly string[] Marks = [MessageTemplate.Any, MessageTemplate.Words, MessageTemplate.Lines];

    internal static IEnumerable<(string Part, bool IsMark)> Parts(string template)
    {
        int start = 0;
        for (int at = 0; at < template.Length;)
        {
            string? mark = Marks.FirstOrDefault(m => template.AsSpan(at).StartsWith(m, StringComparison.Ordinal));
            if (mark is null)
            {
                at++;
                continue;
            }

            if (at > start)
            {
                yield return (template[start..at], false);
            }

            yield return (mark, true);
            start = at += mark.Length;
        }

        if (start < template.Length)
        {
            yield return (template[start..], false);
        }
    }
}
