using System.Text;

namespace LogView.Client.Language.Matching;

/// <summary>Words that stand in every text a regular expression matches, so that an index of words can narrow what has to be looked at.</summary>
internal static class RequiredWords
{
    /// <summary>White space as <see cref="Patterns.MessageTemplate"/> writes it.</summary>
    private const string Gap = @"\s+";

    private const string Operators = @"\*+?()[]{}.^$";

    /// <summary>
    /// The longest run of literal words, each between white space or the ends of the text. Null where none is sure: then words may be parts of longer ones, or
    /// the expression has alternatives.
    /// </summary>
    public static string? Of(string pattern)
    {
        if (pattern.Contains('|', StringComparison.Ordinal) || pattern.Contains("(?", StringComparison.Ordinal)
            || !pattern.StartsWith(@"^\s*", StringComparison.Ordinal) || !pattern.EndsWith(@"\s*$", StringComparison.Ordinal) || pattern.Length < @"^\s*\s*$".Length)
        {
            return null;
        }

        string best = "", run = "";
        foreach (string? literal in Parts(pattern[@"^\s*".Length..^@"\s*$".Length]))
        {
            run = literal is null ? "" : $"{run} {literal}".Trim();
            best = run.Length > best.Length ? run : best;
        }

        // An index of words has no punctuation.
        return TextTest.Phrase(best, slop: 0).Matchers.Count == 0 ? null : best;
    }

    /// <summary>What stands between gaps that belong to no group and no class: the text of each part, or null of one with any operator in it.</summary>
    private static List<string?> Parts(string pattern)
    {
        List<string?> parts = [];
        var text = new StringBuilder();
        bool isLiteral = true, inClass = false;
        int depth = 0;
        for (int i = 0; i < pattern.Length; i++)
        {
            if (depth == 0 && !inClass && pattern.AsSpan(i).StartsWith(Gap))
            {
                EndPart();
                i += Gap.Length - 1;
                continue;
            }

            char c = pattern[i];
            bool isEscape = c == '\\' && i + 1 < pattern.Length;
            char escaped = isEscape ? pattern[++i] : '\0';
            isLiteral &= isEscape ? !char.IsAsciiLetterOrDigit(escaped) && escaped != '_' : !Operators.Contains(c);
            text.Append(isEscape ? escaped : c);
            if (!isEscape)
            {
                depth += inClass ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
                bool isFirstOfClass = inClass && (pattern[i - 1] == '[' || (pattern[i - 1] == '^' && pattern[i - 2] == '['));
                inClass = inClass ? c != ']' || isFirstOfClass : c == '[';
            }
        }

        EndPart();
        return parts;

        void EndPart()
        {
            parts.Add(isLiteral && text.Length > 0 ? text.ToString() : null);
            text.Clear();
            isLiteral = true;
        }
    }
}
